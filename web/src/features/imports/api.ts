// The calls of /api/imports (docs/imports.md).
import { call } from '@/api/http'
import type { RowId } from '@/api/records'
import { sessionFetch } from '@/api/transport'
import type { Import, ImportPlan, Problem, TableChoice } from './import'

let fields: Promise<readonly TableChoice[]> | undefined

/** What a file can become; the same for a session, so it is asked for once. */
export function fetchFields(): Promise<readonly TableChoice[]> {
  fields ??= call<{ tables: TableChoice[] }>('GET', '/api/imports/fields').then(
    ({ tables }) => tables,
    (error: unknown) => {
      fields = undefined
      throw error
    },
  )
  return fields
}

export const fetchImports = () => call<{ imports: Import[] }>('GET', '/api/imports').then(({ imports }) => imports)
export const fetchImport = (id: RowId, signal?: AbortSignal) => call<Import>('GET', `/api/imports/${id}`, signal ? { signal } : {})
export const savePlan = (id: RowId, plan: ImportPlan) => call<Import>('PUT', `/api/imports/${id}/plan`, { body: plan })
export const dryRun = (id: RowId) => call<Import>('POST', `/api/imports/${id}/dry-run`)
export const runImport = (id: RowId) => call<Import>('POST', `/api/imports/${id}/run`)
export const removeImport = (id: RowId) => call<null>('DELETE', `/api/imports/${id}`)

/** Sends the files; they become a draft. */
export function upload(files: readonly File[]): Promise<Import> {
  const body = new FormData()
  for (const file of files) body.append('files', file, file.name)
  return call<Import>('POST', '/api/imports', { body })
}

/** What an undo would take back. */
export interface UndoFacts {
  readonly rows: Readonly<Record<string, number>>
  readonly edited_since: Readonly<Record<string, number>>
}

export const fetchUndo = (id: RowId) => call<UndoFacts>('GET', `/api/imports/${id}/undo`)
export const undoImport = (id: RowId, edited: 'keep' | 'undo' | null) =>
  call<Import>('POST', `/api/imports/${id}/undo`, { body: edited ? { edited } : {} })

export const fetchProblems = (id: RowId) =>
  call<{ problems: Problem[] }>('GET', `/api/imports/${id}/problems?limit=100`).then(({ problems }) => problems)

/** Downloads every refused row with its reason; needs the session, so it is no plain link. */
export async function downloadProblems(id: RowId): Promise<void> {
  const response = await sessionFetch(`/api/imports/${id}/problems.csv`)
  if (!response.ok) throw new Error('The problems could not be downloaded.')
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = `import-problems-${id.slice(0, 8)}.csv`
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
