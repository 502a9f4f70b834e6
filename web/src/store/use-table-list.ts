// A list over one table: query in, pages of ids out, merged with what others change.
//
//   const list = useTableList('contacts', {
//     select: 'id,first_name,…',
//     query: () => ({ order: […], filter: (q) => q.is('deleted_at', null) }),   // reactive: a change restarts the list
//     watch: () => ['last_name', 'deleted_at', …],                              // columns that decide order or membership
//   })
import { computed, onScopeDispose, watch } from 'vue'
import { db, page } from '@/api/data'
import type { Row, TableName } from '@/api/records'
import { touches } from '@/live/changes'
import { useLive } from '@/live/use-live'
import { cursorOf, rowsAfter } from './after'
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
  /** The main list of its table: Back finds it as it was left. */
  keep?: boolean
  /** Looks at fetched rows before they enter the store: embedded names, for instance. */
  learn?: (row: Row & Record<string, unknown>) => void
}

/** At most one refetch in this time, however fast others write. */
const REFRESH_PAUSE_MS = 400

/** The server counts this far; beyond, it gives the planner's estimate. */
const EXACT_UP_TO = 1000

interface Kept {
  list: PagedList
  /** What the list asks for now; a later component takes it over. */
  asked: { query: ListQuery; learn: TableList['learn'] }
}

/** The list last shown per table: Back finds it as it was left, a record page finds its neighbours in it. */
const kept = new Map<TableName, Kept>()

/** The list of a table that was shown last, if any. */
export function lastList(table: TableName): PagedList | undefined {
  return kept.get(table)?.list
}

function makeList(table: TableName, options: TableList): Kept {
  const rows = anyRowsOf(table)
  const asked: Kept['asked'] = { query: options.query(), learn: options.learn }
  const list = createList({
    async fetch({ offset, limit, after, counted, signal }) {
      const { order, filter } = asked.query
      let request = filter(db.from(table).select(options.select, counted ? { count: 'estimated' } : {}))
      for (const term of order) {
        request = request.order(term.column, {
          ascending: term.ascending,
          ...(term.nullsFirst === undefined ? {} : { nullsFirst: term.nullsFirst }),
        })
      }
      if (after) request = request.or(rowsAfter(order, after))
      const from = after ? 0 : offset
      const answer = await page<Row & Record<string, unknown>>(request.range(from, from + limit - 1).abortSignal(signal))
      return {
        ids: answer.rows.map((row) => row.id),
        end: cursorOf(answer.rows.at(-1), order),
        count: answer.count,
        exact: answer.count !== null && answer.count <= EXACT_UP_TO,
        put() {
          if (asked.learn) answer.rows.forEach(asked.learn)
          rows.putAll(answer.rows)
        },
      }
    },
    hold: (ids) => rows.hold(ids),
    release: (ids) => rows.release(ids),
  })
  return { list, asked }
}

export function useTableList(table: TableName, options: TableList): PagedList {
  const query = computed(options.query)
  const before = options.keep ? kept.get(table) : undefined
  const own = before ?? makeList(table, options)
  const { list, asked } = own
  if (options.keep) kept.set(table, own)

  const same = before?.asked.query.key === query.value.key
  asked.query = query.value
  asked.learn = options.learn
  if (same && before) list.refresh()
  else list.restart()
  watch(
    () => query.value.key,
    () => {
      asked.query = query.value
      list.restart()
    },
  )

  let timer: ReturnType<typeof setTimeout> | undefined
  function refreshSoon() {
    timer ??= setTimeout(() => {
      timer = undefined
      list.refresh()
    }, REFRESH_PAUSE_MS)
  }
  useLive(table, {
    changes(batch) {
      const columns = options.watch()
      if (batch.some((change) => touches(change, columns))) refreshSoon()
    },
    resync: () => list.refresh(),
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    if (!options.keep) list.dispose()
  })
  return list
}
