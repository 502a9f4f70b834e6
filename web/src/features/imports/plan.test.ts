import { describe, expect, it } from 'vitest'
import { stepOf, sumCounts, tableCounts, tableLabel, type ColumnFacts, type Import, type ImportPlan, type TableChoice } from './import'
import { customFrom, questionsOf, valueRows, withDateFormat, withDuplicates, withField, withMissing, withTable, withValue } from './plan'

const field = (name: string, extra: object = {}) => ({
  field: name, label: name, type: 'text', required: false, link: null, options: null, ...extra,
})
const deals: TableChoice = {
  table: 'opportunities', label: 'Opportunities', fields: [
    field('name', { required: true }),
    field('close_date', { label: 'Close date', type: 'date' }),
    field('owner', { link: 'members' }),
    field('organization', { link: 'organizations' }),
    field('stage', { options: [{ key: 'CLOSED_WON', label: 'Closed won' }, { key: 'PROPOSAL', label: 'Proposal' }] }),
  ],
}
const facts: ColumnFacts[] = [
  column('Name'),
  column('Close-Date', { type: 'date', date_formats: ['dmy', 'mdy'] }),
  column('Stage', { values: [{ value: 'proposal', count: 3 }, { value: 'Gewonnen', count: 9 }] }),
]
const plan: ImportPlan = {
  files: [{
    file: 0, table: 'organizations', has_header: true, duplicates: 'skip',
    columns: facts.map(({ header }, index) => ({ column: index, header, field: 'ignore' })),
  }],
}

function column(header: string, extra: Partial<ColumnFacts> = {}): ColumnFacts {
  return { header, type: 'text', empty: 0, distinct: 1, samples: [], values: [], date_formats: [], ...extra }
}
const columns = (edited: ImportPlan) => edited.files[0]?.columns ?? []

describe('the plan editor', () => {
  it('guesses the columns when the table changes', () => {
    const edited = withTable(plan, 0, deals, facts)
    expect(columns(edited).map((each) => each.field)).toEqual(['name', 'close_date', 'stage'])
    expect(columns(edited)[1]?.date_format).toBeNull()
    expect(columns(edited)[2]?.values).toEqual({ proposal: 'PROPOSAL' })
    expect(plan.files[0]?.table).toBe('organizations')
  })

  it('leaves a file out without losing its mapping', () => {
    const edited = withTable(withTable(plan, 0, deals, facts), 0, null, facts)
    expect(edited.files[0]?.table).toBeNull()
    expect(columns(edited)[0]?.field).toBe('name')
  })

  it('gives a field to one column only; the former one becomes a custom field', () => {
    const edited = withField(withTable(plan, 0, deals, facts), 0, 2, 'name', deals, facts)
    expect(columns(edited).map((each) => each.field)).toEqual(['custom', 'close_date', 'name'])
    expect(columns(edited)[0]?.custom).toEqual({ key: 'name', label: 'Name', type: 'text' })
    expect(columns(edited)[2]?.values).toBeUndefined()
  })

  it('offers to invite unknown owners and to create other unknown names', () => {
    const table = withTable(plan, 0, deals, facts)
    expect(columns(withField(table, 0, 0, 'owner', deals, facts))[0]?.missing).toBe('invite')
    const linked = withField(table, 0, 0, 'organization', deals, facts)
    expect(columns(linked)[0]?.missing).toBe('create')
    expect(columns(withMissing(linked, 0, 0, 'empty'))[0]?.missing).toBe('empty')
  })

  it('keeps answers about dates, values and duplicates', () => {
    let edited = withDateFormat(withTable(plan, 0, deals, facts), 0, 1, 'mdy')
    edited = withValue(edited, 0, 2, 'Gewonnen', 'CLOSED_WON')
    edited = withDuplicates(edited, 0, 'update')
    expect(columns(edited)[1]?.date_format).toBe('mdy')
    expect(columns(edited)[2]?.values).toEqual({ proposal: 'PROPOSAL', Gewonnen: 'CLOSED_WON' })
    expect(columns(withValue(edited, 0, 2, 'proposal', ''))[2]?.values).toEqual({ Gewonnen: 'CLOSED_WON' })
    expect(edited.files[0]?.duplicates).toBe('update')
  })

  it('lists the values of a column with the key each is mapped to', () => {
    const edited = withTable(plan, 0, deals, facts)
    const stage = columns(edited)[2]
    expect(stage && valueRows(stage, facts[2])).toEqual([
      { value: 'proposal', count: 3, key: 'PROPOSAL' },
      { value: 'Gewonnen', count: 9, key: '' },
    ])
  })

  it('finds the questions of a column, and not those of column 12 for column 1', () => {
    const questions = [1, 12].map((index) => ({ field: `plan.files[0].columns[${index}].date_format`, code: 'ambiguous_date', message: '' }))
    expect(questionsOf(questions, 0, 1)).toHaveLength(1)
    expect(questionsOf(questions, 0)).toHaveLength(2)
    expect(questionsOf(questions, 1)).toHaveLength(0)
  })

  it.each([
    ['Prénom (privé)', 'prenom_prive', 'Prénom (privé)'],
    ['2nd phone', 'nd_phone', '2nd phone'],
    ['', 'column_4', 'Column 4'],
    ['engage_date', 'engage_date', 'Engage date'],
  ])('a header "%s" makes the key %s', (header, key, label) => {
    expect(customFrom(header, 3, 'text')).toEqual({ key, label, type: 'text' })
  })
})

describe('an import', () => {
  const draft = { state: 'draft', summary: {}, files: [], progress: {} } as unknown as Import

  it('shows the step its state allows', () => {
    expect(stepOf(draft, undefined)).toBe('check')
    expect(stepOf(draft, 'options')).toBe('options')
    expect(stepOf(draft, 'review')).toBe('check')
    expect(stepOf({ ...draft, summary: { dry_run: true } }, 'review')).toBe('review')
    expect(stepOf({ ...draft, state: 'running' }, 'check')).toBe('working')
    expect(stepOf({ ...draft, state: 'undone' }, 'check')).toBe('done')
  })

  it('sums its tables and lists parents first', () => {
    const counts = { created: 1, updated: 2, linked: 0, skipped: 0, refused: 3 }
    const summary = { tables: { opportunity_items: counts, organizations: counts } }
    expect(tableCounts(summary).map((each) => each.table)).toEqual(['organizations', 'opportunity_items'])
    expect(sumCounts(summary)).toEqual({ created: 2, updated: 4, linked: 0, skipped: 0, refused: 6 })
    expect(tableLabel('opportunity_items')).toBe('Line items')
    expect(tableLabel('custom_fields')).toBe('Custom fields')
  })
})
