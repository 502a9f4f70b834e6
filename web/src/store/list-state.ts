// Search, sort and filters of a list, kept in the address: a link shows the same list, Back comes back to it.
//
//   const state = useListState({ sort: '-created_at', filters: ['owner', 'organization'] })
//   state.q, state.sort, state.filters.owner
import { computed, onScopeDispose, reactive, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { debounce } from '@/lib/timing'

export interface ListState<F extends string> {
  q: string
  /** A column, with a minus in front for descending. */
  sort: string
  filters: Record<F, string>
}

export interface UsedListState<F extends string> {
  state: ListState<F>
  /** The direction a column is sorted by now, if it is. */
  sortOf: (column: string) => 'asc' | 'desc' | undefined
  /** Sorts by a column, or turns the order around. */
  toggleSort: (column: string, first?: 'asc' | 'desc') => void
  /** Whether anything narrows the list. */
  narrowed: ComputedRef<boolean>
  /** Everything as one text: differs when the list does. */
  key: ComputedRef<string>
  clear: () => void
}

export function useListState<F extends string>(given: { sort: string; filters: readonly F[] }): UsedListState<F> {
  const route = useRoute()
  const router = useRouter()
  const routeName = route.name
  const text = (name: string) => {
    const value = route.query[name]
    return typeof value === 'string' ? value : ''
  }
  const read = (): ListState<F> => ({
    q: text('q'),
    sort: text('sort') || given.sort,
    filters: Object.fromEntries(given.filters.map((name) => [name, text(name)])) as Record<F, string>,
  })
  const state = reactive(read()) as ListState<F>
  const key = computed(() => JSON.stringify([state.q.trim(), state.sort, state.filters]))

  const write = debounce(() => {
    if (route.name !== routeName) return
    const query = {
      ...(state.q.trim() ? { q: state.q.trim() } : {}),
      ...(state.sort === given.sort ? {} : { sort: state.sort }),
      ...Object.fromEntries(Object.entries<string>(state.filters).filter(([, value]) => value)),
    }
    void router.replace({ query })
  }, 150)
  watch(key, () => write())
  watch(
    () => route.query,
    () => {
      if (route.name !== routeName) return
      const next = read()
      if (next.q === state.q.trim() && next.sort === state.sort && JSON.stringify(next.filters) === JSON.stringify(state.filters)) return
      Object.assign(state, next)
    },
  )
  onScopeDispose(() => write.cancel())

  return {
    state,
    key,
    sortOf: (column) => (state.sort === column ? 'asc' : state.sort === `-${column}` ? 'desc' : undefined),
    toggleSort(column, first = 'asc') {
      const ascending = state.sort === column ? false : state.sort === `-${column}` ? true : first === 'asc'
      state.sort = ascending ? column : `-${column}`
    },
    narrowed: computed(() => Boolean(state.q.trim() || Object.values<string>(state.filters).some(Boolean))),
    clear() {
      state.q = ''
      for (const name of given.filters) state.filters[name] = ''
    },
  }
}
