// Going on from a row: what comes after it in the order of a list, at the same price at any depth.
//
// In: the order, the last row shown. Out: the condition for the rows behind it; null where only counting rows helps.
// Invariant: the rows that pass are exactly those that follow in that order.
import type { SortTerm } from './use-table-list'

/** The sort columns of a row, in the order of the list. */
export type Cursor = readonly (string | number)[]

/** Columns that are never empty. Rows without a value stand apart in an order, and no comparison reaches them. */
const NEVER_EMPTY = new Set(['id', 'created_at', 'updated_at', 'occurred_at', 'first_name', 'last_name', 'name'])

export function cursorOf(row: Readonly<Record<string, unknown>> | undefined, order: readonly SortTerm[]): Cursor | null {
  if (!row || order.at(-1)?.column !== 'id') return null
  const values = order.map(({ column }) => (NEVER_EMPTY.has(column) ? row[column] : null))
  return values.every((value) => typeof value === 'string' || typeof value === 'number') ? (values as Cursor) : null
}

/** The inside of `or=(…)`: further in the first column, or equal there and further in the next, and so on. */
export function rowsAfter(order: readonly SortTerm[], cursor: Cursor): string {
  const value = (at: number) => `"${String(cursor[at]).replace(/["\\]/g, '\\$&')}"`
  return order
    .map(({ column, ascending }, at) => {
      const equal = order.slice(0, at).map((term, before) => `${term.column}.eq.${value(before)}`)
      const further = `${column}.${ascending ? 'gt' : 'lt'}.${value(at)}`
      return at === 0 ? further : `and(${[...equal, further].join(',')})`
    })
    .join(',')
}
