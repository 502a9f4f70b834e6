// Watches tables while a component lives. The socket itself is fetched after the first paint.
//
//   useLive('activities', { changes: (batch) => …, resync: reload })   // rows enter the store by themselves
import { onScopeDispose } from 'vue'
import type { TableName } from '@/api/records'
import { whenIdle } from '@/lib/timing'
import type { Change } from './changes'

export interface Watcher {
  /** Changes of one frame, already in the store. */
  changes?: (batch: readonly Change[]) => void
  /** The connection was down: fetch again what is on screen. */
  resync?: () => void
}

export function useLive(table: TableName | readonly TableName[], watcher: Watcher = {}): void {
  const names = typeof table === 'string' ? [table] : table
  let stops: (() => void)[] = []
  let over = false
  whenIdle(() => {
    void import('./socket').then(({ watchTable }) => {
      if (!over) stops = names.map((name) => watchTable(name, watcher))
    })
  })
  onScopeDispose(() => {
    over = true
    stops.forEach((stop) => stop())
  })
}
