// Which rows of a list are selected, by id: the selection survives scrolling and sorting.
import { computed, shallowReactive, type ComputedRef } from 'vue'
import type { RowId } from '@/api/records'

export interface Selection {
  size: ComputedRef<number>
  has: (id: RowId | undefined) => boolean
  ids: () => RowId[]
  /** Selects or deselects a row; with `extend` every row from the last one touched. */
  toggle: (index: number, extend: boolean) => void
  set: (ids: readonly RowId[]) => void
  clear: () => void
}

export function useSelection(idAt: (index: number) => RowId | undefined): Selection {
  const selected = shallowReactive(new Set<RowId>())
  let anchor = -1

  return {
    size: computed(() => selected.size),
    has: (id) => id !== undefined && selected.has(id),
    ids: () => [...selected],
    toggle(index, extend) {
      const id = idAt(index)
      if (!id) return
      const select = !selected.has(id)
      const from = extend && anchor >= 0 ? anchor : index
      for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
        const each = idAt(at)
        if (!each) continue
        if (select || extend) selected.add(each)
        else selected.delete(each)
      }
      anchor = index
    },
    set(ids) {
      selected.clear()
      for (const id of ids) selected.add(id)
    },
    clear() {
      selected.clear()
      anchor = -1
    },
  }
}
