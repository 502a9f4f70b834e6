// A change as it leaves the change stream, and how it enters the store.
import type { Row, RowId, TableName } from '@/api/records'
import { anyRowsOf } from '@/store/tables'

export interface Change {
  table: TableName
  type: 'INSERT' | 'UPDATE' | 'DELETE'
  id: RowId
  /** The row after the change; null for a deletion. */
  row: Row | null
  /** The row before it; null for an insertion. */
  old: Row | null
}

/** Puts the change into the rows of its table. */
export function applyChange(change: Change): void {
  const rows = anyRowsOf(change.table)
  if (change.row) rows.putGuest(change.row)
  // A deletion carries only the key, and nothing comes after it.
  else rows.remove(change.id, Number.MAX_SAFE_INTEGER)
}

/** Did the change touch one of these columns, or bring or take a row? Then order or membership of a list may differ. */
export function touches(change: Change, columns: readonly string[]): boolean {
  if (!change.row || !change.old) return true
  const before = change.old as unknown as Record<string, unknown>
  const after = change.row as unknown as Record<string, unknown>
  return columns.some((column) => JSON.stringify(before[column]) !== JSON.stringify(after[column]))
}
