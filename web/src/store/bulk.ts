// One change to many rows: shown at once, sent in portions, taken back by portion when one fails, undoable.
//
//   await changeRows('contacts', ids, { assigned_user_id: userId }, { done: '12 contacts assigned', failed: '…' })
import { db, rows as rowsOfAnswer, type Draft } from '@/api/data'
import { errorFromThrown } from '@/api/error'
import type { Row, RowId, TableName } from '@/api/records'
import { toast } from '@/ui/toast'
import { anyRowsOf } from './tables'

/** Ids per request: the address of a request stays below 8 KB. */
const PORTION = 100

interface BulkOptions {
  /** Said when it went through, with an offer to undo. */
  done: string
  failed: string
}

type Fields = Record<string, unknown>

function portions<I>(items: readonly I[]): I[][] {
  return Array.from({ length: Math.ceil(items.length / PORTION) }, (_, i) => items.slice(i * PORTION, (i + 1) * PORTION))
}

async function send(table: TableName, ids: readonly RowId[], fields: Fields): Promise<Row[]> {
  const columns = ['id', 'version', 'updated_at', ...Object.keys(fields)].join(',')
  return rowsOfAnswer<Row>(db.from(table).update(fields as never).in('id', [...ids]).select(columns))
}

/** What the fields hold now, for undo; rows not in memory are asked for. */
async function valuesNow(table: TableName, ids: readonly RowId[], names: readonly string[]): Promise<Map<RowId, Fields>> {
  const known = anyRowsOf(table)
  const values = new Map<RowId, Fields>()
  const pick = (row: Fields) => Object.fromEntries(names.map((name) => [name, row[name] ?? null]))
  const unknown: RowId[] = []
  for (const id of ids) {
    const row = known.get(id) as Fields | undefined
    if (row && names.every((name) => name in row)) values.set(id, pick(row))
    else unknown.push(id)
  }
  for (const some of portions(unknown)) {
    const found = await rowsOfAnswer<Row>(db.from(table).select(['id', ...names].join(',')).in('id', some))
    for (const row of found) values.set(row.id, pick(row as unknown as Fields))
  }
  return values
}

async function apply(table: TableName, ids: readonly RowId[], fields: Fields): Promise<RowId[]> {
  const rows = anyRowsOf(table)
  const edits = new Map(ids.filter((id) => rows.has(id)).map((id) => [id, rows.edit(id, fields as Partial<Row>)]))
  const changed: RowId[] = []
  try {
    for (const some of portions(ids)) {
      const answer = await send(table, some, fields)
      for (const row of answer) if (rows.has(row.id)) rows.put(row)
      changed.push(...answer.map((row) => row.id))
    }
  } finally {
    for (const takeBack of edits.values()) takeBack()
  }
  return changed
}

/** Changes many rows. Resolves to the ids that changed; a failure is told by toast. */
export async function changeRows<T extends TableName>(
  table: T,
  ids: readonly RowId[],
  patch: Draft<T>,
  { done, failed }: BulkOptions,
): Promise<RowId[]> {
  const fields = patch as Fields
  try {
    const before = await valuesNow(table, ids, Object.keys(fields))
    const changed = await apply(table, ids, fields)
    if (!changed.length) {
      toast({ kind: 'error', title: failed, text: 'Your role does not allow this.' })
      return changed
    }
    toast({ title: done, action: { label: 'Undo', run: () => void restore(table, before, changed) } })
    return changed
  } catch (thrown) {
    toast({ kind: 'error', title: failed, text: errorFromThrown(thrown).message })
    return []
  }
}

async function restore(table: TableName, before: Map<RowId, Fields>, ids: readonly RowId[]) {
  const groups = new Map<string, RowId[]>()
  for (const id of ids) {
    const key = JSON.stringify(before.get(id) ?? {})
    groups.set(key, [...(groups.get(key) ?? []), id])
  }
  try {
    for (const [fields, some] of groups) await apply(table, some, JSON.parse(fields) as Fields)
    toast({ kind: 'success', title: 'Undone' })
  } catch (thrown) {
    toast({ kind: 'error', title: 'This could not be undone', text: errorFromThrown(thrown).message })
  }
}
