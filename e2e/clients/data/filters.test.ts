import { beforeAll, describe, expect, test } from '../suite.ts'
import { clientOf, type Client } from '../people.ts'
import { makeRecords, must, type Records } from '../records.ts'

let rows: Records
let dotted: string
beforeAll(async () => {
  const client = await clientOf('owner')
  rows = await makeRecords(client)
  dotted = `Weird, (name) "x" ${rows.tag}`
  await must(client.from('organizations').insert({ name: dotted, employees: 5, tags: [rows.tag, 'odd'] }))
})

const organizations = (mine: Client) => mine.from('organizations').select('name').contains('tags', [rows.tag])
type Query = ReturnType<typeof organizations>

/** [what is asked, the filter, the first words of the names that pass] */
const cases: [string, (query: Query) => Query, string[]][] = [
  ['eq', (q) => q.eq('employees', 40), ['Acme']],
  ['neq leaves null out', (q) => q.neq('employees', 40), ['Weird,']],
  ['gt', (q) => q.gt('employees', 5), ['Acme']],
  ['gte', (q) => q.gte('employees', 5), ['Acme', 'Weird,']],
  ['lt', (q) => q.lt('annual_revenue', 8), ['Globex']],
  ['lte', (q) => q.lte('annual_revenue', 7), ['Globex']],
  ['like is exact about case', (q) => q.like('name', 'acme%'), []],
  ['like', (q) => q.like('name', 'Ac%'), ['Acme']],
  ['ilike', (q) => q.ilike('name', 'ac%'), ['Acme']],
  ['a star is a percent sign', (q) => q.filter('name', 'ilike', 'gl*'), ['Globex']],
  ['is null', (q) => q.is('employees', null), ['Globex']],
  ['not is null', (q) => q.not('employees', 'is', null), ['Acme', 'Weird,']],
  ['in', (q) => q.in('employees', [5, 40]), ['Acme', 'Weird,']],
  ['in a list with commas and parentheses', (q) => q.in('industry', ['steel', 'a,b', '(c)']), ['Acme']],
  ['in nothing', (q) => q.in('employees', []), []],
  ['not in', (q) => q.not('employees', 'in', '(40)'), ['Weird,']],
  ['not eq', (q) => q.not('employees', 'eq', 40), ['Weird,']],
  ['match', (q) => q.match({ employees: 40, industry: 'steel' }), ['Acme']],
  ['two filters on one column', (q) => q.gt('employees', 1).lt('employees', 30), ['Weird,']],
  ['or', (q) => q.or('employees.eq.40,annual_revenue.eq.7'), ['Acme', 'Globex']],
  ['or with and inside', (q) => q.or('and(employees.gt.1,employees.lt.30),industry.eq.steel'), ['Acme', 'Weird,']],
  ['or with not', (q) => q.or('employees.not.is.null,name.eq.none'), ['Acme', 'Weird,']],
  ['or with null', (q) => q.or('employees.is.null,employees.eq.5'), ['Globex', 'Weird,']],
  ['or with in', (q) => q.or('employees.in.(5,6),industry.eq.steel'), ['Acme', 'Weird,']],
  ['contains an array', (q) => q.contains('tags', ['blue']), ['Acme']],
  ['overlaps an array', (q) => q.overlaps('tags', ['blue', 'odd']), ['Acme', 'Weird,']],
  ['contains JSON', (q) => q.contains('custom', { rank: 3 }), ['Acme']],
  ['a path into JSON', (q) => q.eq('custom->words->>a', 'x'), ['Acme']],
]

describe('filters', () => {
  for (const [name, filter, expected] of cases) {
    test(name, async ({ mine }) => {
      const { data, error } = await filter(organizations(mine)).order('name')
      expect(error).toBeNull()
      expect(data?.map((row) => row.name.split(' ')[0])).toEqual(expected)
    })
  }

  test('a value is taken as it is: quotes, commas and parentheses', async ({ mine }) => {
    const { data } = await mine.from('organizations').select('name').eq('name', dotted)
    expect(data).toEqual([{ name: dotted }])
  })

  test('inside or, a quoted value may hold anything', async ({ mine }) => {
    const quoted = dotted.replaceAll('"', '\\"')
    const { data, error } = await organizations(mine).or(`name.eq."${quoted}",name.eq.none`)
    expect(error).toBeNull()
    expect(data).toEqual([{ name: dotted }])
  })

  test('not may stand before or', async ({ raw }) => {
    const response = await raw(`/rest/v1/organizations?select=name&tags=cs.{${rows.tag}}&not.or=(employees.is.null,employees.eq.5)`)
    const found = (await response.json()) as { name: string }[]
    expect(found.map(({ name }) => name)).toEqual([`Acme ${rows.tag}`])
  })

  test('a plus sign is a space, and a sent plus stays one', async ({ raw }) => {
    const spaced = await raw(`/rest/v1/organizations?select=id&name=eq.Acme+${rows.tag}`)
    expect(await spaced.json()).toEqual([{ id: rows.acme }])
    const signed = await raw(`/rest/v1/organizations?select=id&name=eq.Acme%2B${rows.tag}`)
    expect(await signed.json()).toEqual([])
  })

  test('a value of the wrong type is the caller’s mistake', async ({ mine }) => {
    const { error, status } = await mine.from('organizations').select('id').eq('employees', 'many')
    expect([status, error?.code]).toEqual([400, '22P02'])
  })

  test('a fragment finds names without regard to case or accents', async ({ mine }) => {
    await must(mine.from('contacts').insert({ first_name: 'Zoë', last_name: 'Müller', tags: [rows.tag] }))
    const { data, error } = await mine
      .from('contacts').select('first_name').is('deleted_at', null).ilike('search_text', '%zoe mull%').contains('tags', [rows.tag])
    expect(error).toBeNull()
    expect(data).toEqual([{ first_name: 'Zoë' }])
  })

  test('words are found by full text', async ({ mine }) => {
    const { data, error } = await mine
      .from('organizations').select('name').textSearch('search_vector', rows.tag, { config: 'simple' }).eq('id', rows.globex)
    expect(error).toBeNull()
    expect(data).toEqual([{ name: `Globex ${rows.tag}` }])
  })
})
