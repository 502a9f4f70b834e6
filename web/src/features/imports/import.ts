// An import as the server speaks of it (docs/imports.md), and what the wizard reads out of it.
//
// In: JSON of /api/imports.
// Out: types, the step the wizard shows, counts per table in a fixed order.
// Invariant: no I/O; the state of the import decides the step, so a reload or a second window shows the same.

export type ImportState = 'draft' | 'running' | 'done' | 'failed' | 'undoing' | 'undone'
export type DateFormat = 'dmy' | 'mdy' | 'ymd'
export type Duplicates = 'skip' | 'update' | 'create'
export type Missing = 'create' | 'invite' | 'empty' | 'refuse'
export type ColumnType = 'text' | 'number' | 'date' | 'datetime' | 'boolean' | 'email' | 'empty'

/** What the server found in one column of a file. */
export interface ColumnFacts {
  readonly header: string
  readonly type: ColumnType
  readonly empty: number
  readonly distinct: number
  readonly samples: readonly string[]
  readonly values: readonly { readonly value: string; readonly count: number }[]
  readonly date_formats: readonly DateFormat[]
}

/** What the server found in one file. Lists leave out columns and preview. */
export interface FileFacts {
  readonly name: string
  readonly bytes: number
  readonly rows: number
  readonly delimiter: string
  readonly encoding: string
  readonly has_header: boolean
  readonly notes?: readonly string[]
  readonly preview?: readonly (readonly string[])[]
  readonly columns?: readonly ColumnFacts[]
}

/** The custom field a column is kept in. */
export interface CustomField {
  readonly key: string
  readonly label: string
  readonly type: string
}

export interface ColumnPlan {
  readonly column: number
  readonly header: string
  readonly field: string
  readonly custom?: CustomField | null
  readonly date_format?: DateFormat | null
  readonly values?: Readonly<Record<string, string>> | null
  readonly missing?: Missing | null
}

export interface FilePlan {
  readonly file: number
  readonly table: string | null
  readonly has_header: boolean
  readonly duplicates: Duplicates
  readonly columns: readonly ColumnPlan[]
}

export interface ImportPlan {
  readonly files: readonly FilePlan[]
}

/** Something only a person can answer; `field` is a path such as `plan.files[0].columns[5].date_format`. */
export interface Question {
  readonly field: string
  readonly code: string
  readonly message: string
  readonly options?: readonly string[]
  readonly samples?: readonly string[]
}

export interface Progress {
  readonly phase?: string
  readonly table?: string
  readonly rows_done?: number
  readonly rows_total?: number
  readonly rows_per_second?: number
  readonly percent?: number
  readonly dry_run?: boolean
}

export interface TableCounts {
  readonly created: number
  readonly updated: number
  readonly linked: number
  readonly skipped: number
  readonly refused: number
}

export interface Summary {
  readonly dry_run?: boolean
  readonly seconds?: number
  readonly tables?: Readonly<Record<string, TableCounts>>
  readonly notes?: readonly string[]
}

export interface Import {
  readonly id: string
  readonly state: ImportState
  readonly error: string | null
  readonly created_at: string
  readonly created_by: string | null
  readonly created_by_name: string | null
  readonly started_at: string | null
  readonly finished_at: string | null
  readonly undone_at: string | null
  readonly files: readonly FileFacts[]
  readonly plan?: ImportPlan
  readonly questions?: readonly Question[]
  readonly progress: Progress
  readonly summary: Summary
  readonly problems: { readonly refused: number; readonly warnings: number }
}

/** A row that did not go in, or went in with a remark. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly severity: 'refused' | 'warning'
  readonly column: string | null
  readonly value: string | null
  readonly reason: string
}

/** A field a column can become. */
export interface FieldChoice {
  readonly field: string
  readonly label: string
  readonly type: string
  readonly required: boolean
  readonly link: string | null
  readonly options: readonly { readonly key: string; readonly label: string }[] | null
}

/** A table a file can become. */
export interface TableChoice {
  readonly table: string
  readonly label: string
  readonly fields: readonly FieldChoice[]
}

export type WizardStep = 'check' | 'options' | 'review' | 'working' | 'done'

/** The steps as people see them. Upload happens before there is an import. */
export const STEPS: readonly { readonly key: string; readonly label: string }[] = [
  { key: 'upload', label: 'Upload' },
  { key: 'check', label: 'Check' },
  { key: 'options', label: 'Options' },
  { key: 'review', label: 'Dry run' },
  { key: 'done', label: 'Import' },
]

/** The step an import is at. `asked` is what the address bar says; only a draft leaves a choice. */
export function stepOf(it: Import, asked: string | undefined): WizardStep {
  if (it.state === 'running') return 'working'
  if (it.state === 'undoing' || it.state === 'done' || it.state === 'undone') return 'done'
  if (asked === 'review' && (it.summary.dry_run === true || it.state === 'failed')) return 'review'
  return asked === 'options' ? 'options' : 'check'
}

const TABLE_ORDER = ['members', 'teams', 'organizations', 'contacts', 'products', 'opportunities', 'opportunity_items', 'activities', 'custom_fields']

/** The tables of a summary in reading order. */
export function tableCounts(summary: Summary): { table: string; counts: TableCounts }[] {
  return Object.entries(summary.tables ?? {})
    .map(([table, counts]) => ({ table, counts }))
    .sort((one, other) => place(one.table) - place(other.table))
}

/** Rows created, updated and refused over all tables. */
export function sumCounts(summary: Summary): TableCounts {
  const sum = { created: 0, updated: 0, linked: 0, skipped: 0, refused: 0 }
  for (const counts of Object.values(summary.tables ?? {})) {
    sum.created += counts.created
    sum.updated += counts.updated
    sum.linked += counts.linked
    sum.skipped += counts.skipped
    sum.refused += counts.refused
  }
  return sum
}

/** A table's name for people: `opportunity_items` is "Line items". */
export function tableLabel(table: string, choices: readonly TableChoice[] = []): string {
  if (table === 'opportunity_items') return 'Line items'
  return choices.find((choice) => choice.table === table)?.label ?? capital(table.replaceAll('_', ' '))
}

/** True while the server works on it and the page should watch. */
export function isWorking(it: Pick<Import, 'state'>): boolean {
  return it.state === 'running' || it.state === 'undoing'
}

function place(table: string): number {
  const index = TABLE_ORDER.indexOf(table)
  return index < 0 ? TABLE_ORDER.length : index
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
