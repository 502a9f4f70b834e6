// Watches tables while a component lives.
//
//   useLive('activities', { changes: (batch) => …, resync: reload })   // rows enter the store by themselves
import { onScopeDispose } from 'vue'
import type { TableName } from '@/api/records'
import { watchTable, type Watcher } from './socket'

export function useLive(table: TableName | readonly TableName[], watcher: Watcher = {}): void {
  const names = typeof table === 'string' ? [table] : table
  const stops = names.map((name) => watchTable(name, watcher))
  onScopeDispose(() => stops.forEach((stop) => stop()))
}
