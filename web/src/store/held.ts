// Keeps rows in memory while a component shows them.
//
//   const cards = useHeld('opportunities', ids)   // ids: a ref or getter of ids
import { onScopeDispose, toValue, watch, type MaybeRefOrGetter } from 'vue'
import type { RowId, TableName } from '@/api/records'
import { anyRowsOf } from './tables'

export function useHeld(table: TableName, ids: MaybeRefOrGetter<readonly RowId[]>): void {
  const rows = anyRowsOf(table)
  let held: readonly RowId[] = []
  watch(
    () => toValue(ids),
    (next) => {
      rows.hold(next)
      rows.release(held)
      held = [...next]
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => {
    rows.release(held)
    held = []
  })
}
