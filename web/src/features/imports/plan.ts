// Editing an import plan: each choice of the wizard gives a new plan.
//
// In: the plan, what the server found in the files, what a file can become.
// Out: a new plan; the questions that belong to a column.
// Invariant: no I/O; a plan is replaced, never changed; what a field does not need (formats, values, links) is not kept.

import type {
  ColumnFacts, ColumnPlan, DateFormat, Duplicates, FieldChoice, FilePlan, ImportPlan, Missing, Question, TableChoice,
} from './import'

/** Fields of no table: keep in a custom field, recognise by it, or leave out. */
export const CUSTOM = 'custom'
export const EXTERNAL_ID = 'external_id'
export const IGNORE = 'ignore'

/** Makes a file become another table (null leaves it out) and guesses its columns anew. */
export function withTable(
  plan: ImportPlan,
  file: number,
  table: TableChoice | null,
  facts: readonly ColumnFacts[],
): ImportPlan {
  return editFile(plan, file, (before) => {
    if (table === null) return { ...before, table: null }
    const taken = new Set<string>()
    const columns = before.columns.map((column) => {
      const guess = guessField(column.header, table.fields, taken)
      if (guess !== undefined) taken.add(guess.field)
      return fitColumn(column, guess?.field ?? CUSTOM, table, facts[column.column])
    })
    return { ...before, table: table.table, columns }
  })
}

/** Maps one column to a field. A field serves one column, so a former one is kept as a custom field. */
export function withField(
  plan: ImportPlan,
  file: number,
  column: number,
  field: string,
  table: TableChoice,
  facts: readonly ColumnFacts[],
): ImportPlan {
  return editFile(plan, file, (before) => ({
    ...before,
    columns: before.columns.map((each) => {
      if (each.column === column) return fitColumn(each, field, table, facts[column])
      const robbed = each.field === field && field !== CUSTOM && field !== IGNORE
      return robbed ? fitColumn(each, CUSTOM, table, facts[each.column]) : each
    }),
  }))
}

export function withDateFormat(plan: ImportPlan, file: number, column: number, date_format: DateFormat | null): ImportPlan {
  return editColumn(plan, file, column, (before) => ({ ...before, date_format }))
}

/** Maps one cell value to a key of ours; an empty key removes the mapping. */
export function withValue(plan: ImportPlan, file: number, column: number, value: string, key: string): ImportPlan {
  return editColumn(plan, file, column, (before) => {
    const values = { ...before.values, [value]: key }
    return { ...before, values: Object.fromEntries(Object.entries(values).filter(([, target]) => target !== '')) }
  })
}

export function withMissing(plan: ImportPlan, file: number, column: number, missing: Missing): ImportPlan {
  return editColumn(plan, file, column, (before) => ({ ...before, missing }))
}

export function withDuplicates(plan: ImportPlan, file: number, duplicates: Duplicates): ImportPlan {
  return editFile(plan, file, (before) => ({ ...before, duplicates }))
}

export function withHeader(plan: ImportPlan, file: number, has_header: boolean): ImportPlan {
  return editFile(plan, file, (before) => ({ ...before, has_header }))
}

/** What may become of a name that no record has. */
export function missingChoices(field: FieldChoice): readonly Missing[] {
  return field.link === 'members' ? ['invite', 'empty', 'refuse'] : ['create', 'empty', 'refuse']
}

/** The questions about one column of one file. */
export function questionsOf(questions: readonly Question[], file: number, column?: number): Question[] {
  const path = column === undefined ? `plan.files[${file}]` : `plan.files[${file}].columns[${column}]`
  return questions.filter((question) => question.field === path || question.field.startsWith(`${path}.`)
    || (column === undefined && question.field.startsWith(path)))
}

/** Values of a column with options, most frequent first, each with the key it is mapped to. */
export function valueRows(column: ColumnPlan, facts: ColumnFacts | undefined): { value: string; count: number; key: string }[] {
  return (facts?.values ?? [])
    .filter(({ value }) => value.trim() !== '')
    .map(({ value, count }) => ({ value, count, key: column.values?.[value] ?? '' }))
}

/** The field among the choices that a header most likely means. */
export function guessField(header: string, fields: readonly FieldChoice[], taken: ReadonlySet<string>): FieldChoice | undefined {
  const wanted = plain(header)
  const free = fields.filter((field) => !taken.has(field.field) && field.field !== CUSTOM && field.field !== IGNORE)
  return free.find((field) => plain(field.field) === wanted || plain(field.label) === wanted)
}

/** A key and a label for a custom field made from a header. */
export function customFrom(header: string, column: number, type: string): { key: string; label: string; type: string } {
  const words = header.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '_')
  const key = words.replace(/^[^a-z]+|_+$/g, '').slice(0, 60) || `column_${column + 1}`
  const label = header.trim() === '' ? `Column ${column + 1}` : header.trim().replaceAll('_', ' ')
  return { key, label: label.charAt(0).toUpperCase() + label.slice(1), type }
}

function fitColumn(column: ColumnPlan, field: string, table: TableChoice, facts: ColumnFacts | undefined): ColumnPlan {
  const bare: ColumnPlan = { column: column.column, header: column.header, field }
  const isDated = facts?.type === 'date' || facts?.type === 'datetime'
  const formats = facts?.date_formats ?? []
  const date_format = formats.length === 1 ? (formats[0] ?? null) : (column.date_format ?? null)
  if (field === IGNORE) return bare
  if (field === CUSTOM || field === EXTERNAL_ID) {
    const custom = column.custom ?? customFrom(column.header, column.column, customType(facts))
    return isDated && field === CUSTOM ? { ...bare, custom, date_format } : { ...bare, custom }
  }
  const choice = table.fields.find((each) => each.field === field)
  if (choice?.options) return { ...bare, values: guessValues(column, choice, facts) }
  if (choice?.link) return { ...bare, missing: column.missing ?? missingChoices(choice)[0] ?? 'empty' }
  if (choice?.type === 'date' || choice?.type === 'datetime') return { ...bare, date_format }
  return bare
}

function guessValues(column: ColumnPlan, choice: FieldChoice, facts: ColumnFacts | undefined): Record<string, string> {
  const guessed: Record<string, string> = {}
  for (const { value } of facts?.values ?? []) {
    const wanted = plain(value)
    const known = column.values?.[value]
    const same = choice.options?.find((option) => plain(option.key) === wanted || plain(option.label) === wanted)
    const key = choice.options?.some((option) => option.key === known) ? known : same?.key
    if (key !== undefined) guessed[value] = key
  }
  return guessed
}

function customType(facts: ColumnFacts | undefined): string {
  const type = facts?.type ?? 'text'
  if (type === 'datetime') return 'date'
  return type === 'number' || type === 'date' || type === 'boolean' ? type : 'text'
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

function editFile(plan: ImportPlan, file: number, edit: (before: FilePlan) => FilePlan): ImportPlan {
  return { ...plan, files: plan.files.map((each) => (each.file === file ? edit(each) : each)) }
}

function editColumn(plan: ImportPlan, file: number, column: number, edit: (before: ColumnPlan) => ColumnPlan): ImportPlan {
  return editFile(plan, file, (before) => ({
    ...before,
    columns: before.columns.map((each) => (each.column === column ? edit(each) : each)),
  }))
}
