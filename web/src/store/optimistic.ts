// Edits that show at once and roll back visibly when the server refuses them.
//
//   await changeRow('contacts', id, { job_title: 'CTO' })                     // a toast tells when it fails
//   await optimistic({ show: () => rows.edit(…), send: () => …, failed: 'Moving it failed' })
import { updateRow, type Draft } from '@/api/data'
import { errorFromThrown } from '@/api/error'
import type { RowId, TableName, Tables } from '@/api/records'
import { toast } from '@/ui/toast'
import { rowsOf } from './tables'

export interface Optimistic<A> {
  /** Shows the change now; returns how to take it back. */
  show: () => () => void
  /** Sends it. What it returns is the confirmed state. */
  send: () => Promise<A>
  /** Stores the confirmed state before the provisional one is taken away, so that nothing flickers. */
  confirm?: (answer: A) => void
  /** What to say when it fails: "Moving the opportunity failed". */
  failed: string
}

/** Applies, sends, then confirms or rolls back with a toast. Throws the ApiError, so that a form can mark its field. */
export async function optimistic<A>(change: Optimistic<A>): Promise<A> {
  const takeBack = change.show()
  try {
    const answer = await change.send()
    change.confirm?.(answer)
    return answer
  } catch (thrown) {
    const error = errorFromThrown(thrown)
    if (!error.aborted) toast({ kind: 'error', title: change.failed, text: error.message })
    throw error
  } finally {
    takeBack()
  }
}

interface ChangeOptions {
  failed?: string
  /** With a text, a toast offers to undo for eight seconds. */
  undo?: string
}

/** Changes fields of one row optimistically. */
export async function changeRow<T extends TableName>(
  table: T,
  id: RowId,
  patch: Draft<T>,
  options: ChangeOptions = {},
): Promise<Tables[T]> {
  const rows = rowsOf(table)
  const before = rows.get(id) as Record<string, unknown> | undefined
  const changed = await optimistic({
    show: () => rows.edit(id, patch as Partial<Tables[T]>),
    send: () => updateRow(table, id, patch),
    confirm: (row) => rows.put(row),
    failed: options.failed ?? 'The change was not saved',
  })
  if (options.undo && before) {
    const previous = Object.fromEntries(Object.keys(patch).map((key) => [key, before[key] ?? null])) as Draft<T>
    toast({
      title: options.undo,
      action: { label: 'Undo', run: () => void changeRow(table, id, previous).catch(() => undefined) },
    })
  }
  return changed
}

/** Moves one row to the trash, with undo. */
export function trashRow<T extends TableName>(table: T, id: RowId, noun: string): Promise<Tables[T]> {
  const patch = { deleted_at: new Date().toISOString() } as unknown as Draft<T>
  return changeRow(table, id, patch, { undo: `${noun} moved to trash`, failed: `The ${noun.toLowerCase()} was not deleted` })
}
