// The activities of one record: open ones and the history, in pages, with what colleagues add.
//
// In: which record. Out: ids in order, more on demand.
// Invariant: rows live in the store; this holds ids only, and holds the rows while they are shown.
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { Activity, RowId } from '@/api/records'
import { useLive } from '@/live/use-live'
import { useHeld } from '@/store/held'
import { tables } from '@/store/tables'
import { fetchActivities, mainLink, type ActivityLinks } from './activity'
import { byDue } from './due'
import { newestFirst } from './timeline'

const PAGE = 50

export function useTimeline(links: () => ActivityLinks) {
  const ids = shallowRef<readonly RowId[]>([])
  const loading = shallowRef(true)
  const error = shallowRef<ApiError | null>(null)
  const hasMore = shallowRef(false)
  const link = computed(() => mainLink(links()))
  let abort: AbortController | undefined

  const shown = computed(() =>
    ids.value.map((id) => tables.activities.get(id)).filter((row): row is Activity => belongs(row)),
  )
  /** What is still to be done, in the order it is due. */
  const open = computed(() => shown.value.filter(isOpen).sort(byDue))
  /** What has happened, newest first. */
  const history = computed(() => shown.value.filter((row) => !isOpen(row)).sort(newestFirst))

  function belongs(row: Activity | undefined | null): row is Activity {
    return !!row && !row.deleted_at && !!link.value && row[link.value.column] === link.value.id
  }

  async function load(before?: string) {
    const about = link.value
    abort?.abort()
    if (!about) return
    const own = (abort = new AbortController())
    loading.value = true
    try {
      const [openRows, page] = await Promise.all([
        before
          ? []
          : fetchActivities((query) => query.eq(about.column, about.id).is('done_at', null).not('due_on', 'is', null)
              .order('due_on').limit(PAGE), own.signal),
        fetchActivities((query) => {
          const narrowed = query.eq(about.column, about.id)
          return (before ? narrowed.lte('occurred_at', before) : narrowed)
            .order('occurred_at', { ascending: false }).order('id', { ascending: false }).limit(PAGE + 1)
        }, own.signal),
      ])
      const found = [...openRows, ...page].map((row) => row.id)
      ids.value = [...new Set(before ? [...ids.value, ...found] : found)]
      hasMore.value = page.length > PAGE
      error.value = null
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (failure.aborted) return
      error.value = failure
    }
    loading.value = false
  }

  /** Takes a new activity in; the store already has it. */
  function add(id: RowId) {
    if (!ids.value.includes(id)) ids.value = [id, ...ids.value]
  }

  useHeld('activities', ids)
  watch(() => `${link.value?.column} ${link.value?.id}`, () => {
    ids.value = []
    void load()
  }, { immediate: true })
  useLive('activities', {
    changes(batch) {
      for (const change of batch) if (belongs(change.row as Activity | null)) add(change.id)
    },
    resync: () => void load(),
  })
  onScopeDispose(() => abort?.abort())

  return {
    open, history, loading, error, hasMore, add,
    reload: () => load(),
    loadMore: () => load(history.value.at(-1)?.occurred_at),
  }
}

function isOpen(row: Activity): boolean {
  return row.done_at === null && row.due_on !== null
}
