// The records before and after one, in the order of the list it was opened from.
import { computed, toValue, watchEffect, type ComputedRef, type MaybeRefOrGetter } from 'vue'
import type { RowId, TableName } from '@/api/records'
import { formatNumber } from '@/lib/format'
import { lastList } from './use-table-list'

export interface Neighbours {
  previous: ComputedRef<RowId | undefined>
  next: ComputedRef<RowId | undefined>
  /** "12 of 340". */
  position: ComputedRef<string>
}

export function useNeighbours(table: TableName, id: MaybeRefOrGetter<RowId>): Neighbours {
  const list = lastList(table)
  const index = computed(() => list?.indexOf(toValue(id)) ?? -1)
  // The page that holds the next one is fetched before it is asked for.
  watchEffect(() => {
    if (list && index.value >= 0) list.show(index.value, index.value + 1)
  })
  return {
    previous: computed(() => (index.value > 0 ? list?.idAt(index.value - 1) : undefined)),
    next: computed(() => (index.value >= 0 ? list?.idAt(index.value + 1) : undefined)),
    position: computed(() =>
      list && index.value >= 0 && list.length.value ? `${formatNumber(index.value + 1)} of ${formatNumber(list.length.value)}` : '',
    ),
  }
}
