// What the opportunities page shows, kept in the address: Back, reload and a shared link bring it back.
//
// In: search, sort and filters of the address (useListState). Out: the same, with the view and its memory.
import { computed, watch } from 'vue'
import { useListState } from '@/store/list-state'
import type { SortTerm } from '@/store/use-table-list'

export type OpportunityView = 'board' | 'list'

const LAST_VIEW = 'rapport-opportunities-view'
const FILTERS = ['view', 'pipeline', 'owner', 'month', 'stage', 'status'] as const
export type OpportunityFilters = Record<(typeof FILTERS)[number], string>

const SORTABLE = ['created_at', 'name', 'amount', 'expected_close_date']

/** The terms behind a sort such as `-amount`; id last makes the order total, in the direction of the index. */
export function sortTerms(sort: string): SortTerm[] {
  const ascending = !sort.startsWith('-')
  const column = ascending ? sort : sort.slice(1)
  if (!SORTABLE.includes(column)) return sortTerms('-created_at')
  return [{ column, ascending }, { column: 'id', ascending }]
}

/** The board or the list, with what narrows it. */
export function useViewState() {
  const list = useListState({ sort: '-created_at', filters: FILTERS })
  const { state } = list

  const view = computed<OpportunityView>({
    get: () => ((state.filters.view || localStorage.getItem(LAST_VIEW)) === 'list' ? 'list' : 'board'),
    set: (next) => (state.filters.view = next),
  })
  watch(() => state.filters.view, (next) => {
    if (next) localStorage.setItem(LAST_VIEW, next)
  })

  /** Takes away what narrows, not the view or the pipeline. */
  function clear() {
    const { view: kept, pipeline } = state.filters
    list.clear()
    Object.assign(state.filters, { view: kept, pipeline })
  }
  return { state, sortOf: list.sortOf, toggleSort: list.toggleSort, view, clear }
}
