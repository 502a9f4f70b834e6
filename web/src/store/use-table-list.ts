// A list over one table: query in, pages of ids out, merged with what others change.
//
//   const list = useTableList('contacts', {
//     select: 'id,first_name,…',
//     query: () => ({ order: […], filter: (q) => q.is('deleted_at', null) }),   // reactive: a change restarts the list
//     watch: () => ['last_name', 'deleted_at', …],                              // columns that decide order or membership
//   })
import { computed, onScopeDispose, watch } from 'vue'
import { db, page } from '@/api/data'
import type { Row, RowId, TableName } from '@/api/records'
import { touches } from '@/live/changes'
import { useLive } from '@/live/use-live'
import { createList, type PagedList } from './list'
import { anyRowsOf } from './tables'

/** The filter methods of the data API client that lists use. */
export type Query = ReturnType<ReturnType<typeof db.from>['select']>

export interface SortTerm {
  column: string
  ascending: boolean
  nullsFirst?: boolean
}

export interface ListQuery {
  order: readonly SortTerm[]
  /** Adds the conditions. */
  filter: (query: Query) => Query
  /** Differs whenever the conditions differ; the functions above cannot be compared. */
  key: string
}

export interface TableList {
  select: string
  query: () => ListQuery
  /** The columns that decide order or membership. */
  watch: () => readonly string[]
  /** Looks at fetched rows before they enter the store: embedded names, for instance. */
  learn?: (row: Row & Record<string, unknown>) => void
}

/** At most one refetch in this time, however fast others write. */
const REFRESH_PAUSE_MS = 400

export function useTableList(table: TableName, options: TableList): PagedList {
  const rows = anyRowsOf(table)
  const query = computed(options.query)

  const list = createList({
    async fetch({ offset, limit, counted, signal }) {
      const { order, filter } = query.value
      let request = filter(db.from(table).select(options.select, counted ? { count: 'planned' } : {}))
      for (const term of order) {
        request = request.order(term.column, {
          ascending: term.ascending,
          ...(term.nullsFirst === undefined ? {} : { nullsFirst: term.nullsFirst }),
        })
      }
      const answer = await page<Row & Record<string, unknown>>(request.range(offset, offset + limit - 1).abortSignal(signal))
      if (options.learn) answer.rows.forEach(options.learn)
      rows.putAll(answer.rows)
      return { ids: answer.rows.map((row) => row.id), count: answer.count }
    },
    hold: (ids: readonly RowId[]) => rows.hold(ids),
    release: (ids: readonly RowId[]) => rows.release(ids),
  })

  let timer: ReturnType<typeof setTimeout> | undefined
  function refreshSoon() {
    timer ??= setTimeout(() => {
      timer = undefined
      list.refresh()
    }, REFRESH_PAUSE_MS)
  }

  watch(() => query.value.key, () => list.restart(), { immediate: true })
  useLive(table, {
    changes(batch) {
      const columns = options.watch()
      if (batch.some((change) => touches(change, columns))) refreshSoon()
    },
    resync: () => list.refresh(),
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    list.dispose()
  })
  return list
}
