import { beforeAll, describe, expect, test } from '../suite.ts'
import { clientOf } from '../people.ts'
import { makeRecords, type Records } from '../records.ts'

let rows: Records
beforeAll(async () => {
  rows = await makeRecords(await clientOf('owner'))
})

describe('select', () => {
  test('without columns gives the whole row, less what only search reads', async ({ mine }) => {
    const { data } = await mine.from('organizations').select().eq('id', rows.acme).single()
    expect(data).toMatchObject({ id: rows.acme, name: `Acme ${rows.tag}`, employees: 40, annual_revenue: 1200000.5, version: 1 })
    expect(Object.keys(data)).not.toContain('search_text')
    expect(Object.keys(data)).not.toContain('search_vector')
  })

  test('takes aliases, casts and paths into JSON', async ({ mine }) => {
    const { data, error } = await mine
      .from('organizations')
      .select('title:name, employees::text, custom->rank, letter:custom->words->>a')
      .eq('id', rows.acme)
      .single()
    expect(error).toBeNull()
    expect(data).toEqual({ title: `Acme ${rows.tag}`, employees: '40', rank: 3, letter: 'x' })
  })

  test('gives times as the database writes them into JSON', async ({ mine }) => {
    const { data } = await mine.from('organizations').select('created_at').eq('id', rows.acme).single()
    expect(data?.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00$/)
  })

  test('refuses an unknown column with the database code', async ({ mine }) => {
    const { error, status } = await mine.from('organizations').select('nonsense')
    expect(status).toBe(400)
    expect(error?.code).toBe('42703')
  })

  test('refuses an unknown table and offers the nearest', async ({ mine }) => {
    const { error, status } = await mine.from('contact').select()
    expect(status).toBe(404)
    expect(error).toMatchObject({
      code: 'PGRST205',
      message: "Could not find the table 'public.contact' in the schema cache",
      hint: "Perhaps you meant the table 'public.contacts'",
    })
  })

  test('says what it could not parse', async ({ raw }) => {
    const response = await raw('/rest/v1/contacts?first_name=nonsense.x')
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'PGRST100', hint: null })
  })

  test('refuses a schema that is not shown', async ({ mine }) => {
    const { error, status } = await mine.schema('auth').from('users').select()
    expect(status).toBe(406)
    expect(error?.code).toBe('PGRST106')
  })

  test('answers the contacts service of the product', async ({ mine }) => {
    const { data, error } = await mine
      .from('contacts')
      .select('*, organization:organizations!inner(id,name,status)')
      .is('deleted_at', null)
      .or('first_name.ilike.%ann%,last_name.ilike.%ann%,email.ilike.%ann%')
      .eq('organization_id', rows.acme)
      .order('created_at', { ascending: false })
      .limit(100)
    expect(error).toBeNull()
    expect(data?.map(({ id }) => id).sort()).toEqual([rows.ann, rows.annika].sort())
    expect(data?.[0]?.organization).toEqual({ id: rows.acme, name: `Acme ${rows.tag}`, status: 'active' })
  })
})

describe('order and range', () => {
  const names = (data: { name: string }[] | null) => data?.map(({ name }) => name.split(' ')[0])

  test('orders up and down, by several columns, with nulls where they are wanted', async ({ mine }) => {
    const of = () => mine.from('organizations').select('name').contains('tags', [rows.tag])
    expect(names((await of().order('name')).data)).toEqual(['Acme', 'Globex'])
    expect(names((await of().order('name', { ascending: false })).data)).toEqual(['Globex', 'Acme'])
    expect(names((await of().order('employees', { nullsFirst: true })).data)).toEqual(['Globex', 'Acme'])
    expect(names((await of().order('employees', { nullsFirst: false })).data)).toEqual(['Acme', 'Globex'])
    expect(names((await of().order('status').order('annual_revenue')).data)).toEqual(['Globex', 'Acme'])
  })

  test('gives a page and says where it lies', async ({ mine, raw }) => {
    const page = await mine.from('contacts').select('first_name').contains('tags', [rows.tag]).order('first_name').range(1, 2)
    expect(page.data?.map(({ first_name }) => first_name)).toEqual(['Annika', 'Bob'])
    const response = await raw(`/rest/v1/contacts?select=id&tags=cs.{${rows.tag}}&order=id&offset=1&limit=1`)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-range')).toBe('1-1/*')
  })

  test('gives nothing past the end, and nothing for a limit of none', async ({ mine }) => {
    expect((await mine.from('contacts').select('id').contains('tags', [rows.tag]).range(50, 60)).data).toEqual([])
    expect((await mine.from('contacts').select('id').limit(0)).data).toEqual([])
  })
})

describe('counting', () => {
  test('an exact count comes with the page, partial content when there is more', async ({ mine }) => {
    const { data, count, status } = await mine
      .from('contacts').select('id', { count: 'exact' }).contains('tags', [rows.tag]).order('id').limit(2)
    expect([data?.length, count, status]).toEqual([2, 3, 206])
    const whole = await mine.from('contacts').select('id', { count: 'exact' }).contains('tags', [rows.tag])
    expect([whole.count, whole.status]).toEqual([3, 200])
  })

  test('HEAD counts without a body', async ({ mine }) => {
    const { data, count, error } = await mine
      .from('contacts').select('*', { count: 'exact', head: true }).contains('tags', [rows.tag])
    expect([data, count, error]).toEqual([null, 3, null])
  })

  test('planned and estimated counts are numbers', async ({ mine }) => {
    for (const kind of ['planned', 'estimated'] as const) {
      const { count, error } = await mine.from('contacts').select('id', { count: kind }).limit(1)
      expect(error).toBeNull()
      expect(count).toBeTypeOf('number')
    }
  })

  test('an offset behind a known end is refused', async ({ mine }) => {
    const { error, status } = await mine
      .from('contacts').select('id', { count: 'exact' }).contains('tags', [rows.tag]).range(100, 110)
    expect(status).toBe(416)
    expect(error).toMatchObject({
      code: 'PGRST103',
      message: 'Requested range not satisfiable',
      details: 'An offset of 100 was requested, but there are only 3 rows.',
    })
  })
})

describe('one row', () => {
  test('single gives an object', async ({ mine }) => {
    const { data, error } = await mine.from('contacts').select('first_name').eq('id', rows.ann).single()
    expect([data, error]).toEqual([{ first_name: 'Ann' }, null])
  })

  test('single refuses none and many', async ({ mine }) => {
    const none = await mine.from('contacts').select().eq('id', crypto.randomUUID()).single()
    expect(none.status).toBe(406)
    expect(none.error).toMatchObject({
      code: 'PGRST116',
      message: 'Cannot coerce the result to a single JSON object',
      details: 'The result contains 0 rows',
      hint: null,
    })
    const many = await mine.from('contacts').select().contains('tags', [rows.tag]).single()
    expect(many.error).toMatchObject({ code: 'PGRST116', details: 'The result contains 3 rows' })
  })

  test('maybeSingle gives null for none and an error for many', async ({ mine }) => {
    const none = await mine.from('contacts').select().eq('id', crypto.randomUUID()).maybeSingle()
    expect([none.data, none.error]).toEqual([null, null])
    const many = await mine.from('contacts').select().contains('tags', [rows.tag]).maybeSingle()
    expect(many.error?.code).toBe('PGRST116')
  })
})

describe('other forms', () => {
  test('CSV has a header line', async ({ mine }) => {
    const { data } = await mine.from('contacts').select('first_name,last_name').contains('tags', [rows.tag]).order('first_name').csv()
    expect(data?.trim().split('\n')).toEqual(['first_name,last_name', 'Ann,Ames', 'Annika,Berg', 'Bob,Cole'])
  })

  test('an unknown media type is refused', async ({ raw }) => {
    const response = await raw('/rest/v1/contacts?limit=1', { headers: { Accept: 'text/nonsense' } })
    expect(response.status).toBe(406)
    expect(await response.json()).toMatchObject({ code: 'PGRST107' })
  })

  test('a browser of another origin may ask', async ({ raw }) => {
    const response = await raw('/rest/v1/contacts', {
      method: 'OPTIONS',
      headers: { Origin: 'https://example.org', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'apikey,prefer' },
    })
    expect(response.ok).toBe(true)
    expect(response.headers.get('access-control-allow-origin')).toBeTruthy()
    expect(response.headers.get('access-control-allow-headers')?.toLowerCase()).toContain('prefer')
    const answer = await raw('/rest/v1/contacts?limit=1', { headers: { Origin: 'https://example.org' } })
    expect(answer.headers.get('access-control-expose-headers')).toMatch(/content-range/i)
  })
})
