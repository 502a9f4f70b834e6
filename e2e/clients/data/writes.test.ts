import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from '../suite.ts'
import { clientOf } from '../people.ts'
import { makeRecords, type Records } from '../records.ts'

let rows: Records
beforeAll(async () => {
  rows = await makeRecords(await clientOf('owner'))
})

describe('insert', () => {
  test('says created and gives nothing back unless asked', async ({ mine }) => {
    const answer = await mine.from('tags').insert({ name: `quiet ${rows.tag}` })
    expect(answer).toMatchObject({ data: null, error: null, status: 201, statusText: 'Created' })
  })

  test('gives back what was asked for', async ({ mine }) => {
    const { data, error, status } = await mine
      .from('contacts').insert({ first_name: 'Carl', last_name: 'Cox', tags: [rows.tag] }).select('first_name,version').single()
    expect([error, status]).toEqual([null, 201])
    expect(data).toEqual({ first_name: 'Carl', version: 1 })
  })

  test('takes many rows, whose keys may differ', async ({ mine }) => {
    const { data, error, count } = await mine
      .from('contacts')
      .insert([{ first_name: 'D1', city: 'Ulm' }, { first_name: 'D2', job_title: 'Chef' }], { count: 'exact' })
      .select('first_name,city,job_title').order('first_name')
    expect([error, count]).toEqual([null, 2])
    expect(data).toEqual([
      { first_name: 'D1', city: 'Ulm', job_title: null },
      { first_name: 'D2', city: null, job_title: 'Chef' },
    ])
  })

  test('takes the default for what is missing when told so', async ({ mine }) => {
    const { data, error } = await mine
      .from('tags')
      .insert([{ name: `one ${rows.tag}`, color: 'red' }, { name: `two ${rows.tag}` }], { defaultToNull: false })
      .select('color').order('name')
    expect(error).toBeNull()
    expect(data).toEqual([{ color: 'red' }, { color: 'gray' }])
  })

  test('of nothing makes nothing', async ({ mine }) => {
    const { data, status, error } = await mine.from('tags').insert([]).select()
    expect([data, status, error]).toEqual([[], 201, null])
  })

  test('authorship and versions cannot be forged', async ({ mine }) => {
    const { data, error } = await mine
      .from('tags').insert({ name: `forged ${rows.tag}`, created_by: randomUUID(), version: 99, created_at: '1999-01-01' })
      .select('created_by,version,created_at').single()
    expect(error).toBeNull()
    expect(data?.version).toBe(1)
    expect(data?.created_at).not.toContain('1999')
  })

  test('into another workspace is refused', async ({ mine }) => {
    const { error, status } = await mine.from('tags').insert({ name: 'x', workspace_id: randomUUID() })
    expect([status, error?.code]).toEqual([403, '42501'])
  })
})

describe('upsert', () => {
  test('inserts first, merges afterwards', async ({ mine }) => {
    const id = randomUUID()
    const first = await mine.from('organizations').upsert({ id, name: `Upsert ${rows.tag}`, industry: 'a' }).select('industry').single()
    expect([first.error, first.status, first.data?.industry]).toEqual([null, 201, 'a'])
    const second = await mine.from('organizations').upsert({ id, name: `Upsert ${rows.tag}`, industry: 'b' }).select('industry,version').single()
    expect([second.error, second.status, second.data]).toEqual([null, 200, { industry: 'b', version: 2 }])
  })

  test('ignores duplicates when told so', async ({ mine }) => {
    const { data, error } = await mine
      .from('organizations').upsert({ id: rows.acme, name: 'Changed' }, { ignoreDuplicates: true }).select('name')
    expect([error, data]).toEqual([null, []])
    const kept = await mine.from('organizations').select('name').eq('id', rows.acme).single()
    expect(kept.data?.name).toBe(`Acme ${rows.tag}`)
  })

  test('takes the conflict columns it is given', async ({ mine }) => {
    const { data, error } = await mine
      .from('custom_fields')
      .upsert({ table_name: 'contacts', key: rows.tag, label: 'First' }, { onConflict: 'workspace_id,table_name,key' })
      .select('label').single()
    expect([error, data?.label]).toEqual([null, 'First'])
    const again = await mine
      .from('custom_fields')
      .upsert({ table_name: 'contacts', key: rows.tag, label: 'Second' }, { onConflict: 'workspace_id,table_name,key' })
      .select('label').single()
    expect([again.error, again.data?.label]).toEqual([null, 'Second'])
    const bad = await mine.from('contacts').upsert({ first_name: 'x' }, { onConflict: 'first_name' })
    expect([bad.status, bad.error?.code]).toEqual([400, '42P10'])
  })
})

describe('update and delete', () => {
  test('answer without a body, and count when asked', async ({ mine }) => {
    const update = await mine.from('contacts').update({ city: 'Bonn' }).eq('id', rows.bob)
    expect(update).toMatchObject({ data: null, status: 204, statusText: 'No Content' })
    const counted = await mine.from('contacts').update({ city: 'Jena' }, { count: 'exact' }).contains('tags', [rows.tag])
    expect(counted.count).toBeGreaterThanOrEqual(3)
  })

  test('give the changed rows back', async ({ mine }) => {
    const { data, status } = await mine.from('contacts').update({ city: 'Rome' }).eq('id', rows.bob).select('first_name,city')
    expect([status, data]).toEqual([200, [{ first_name: 'Bob', city: 'Rome' }]])
  })

  test('of no row are no error', async ({ mine }) => {
    const quiet = await mine.from('contacts').update({ city: 'x' }).eq('id', randomUUID())
    expect([quiet.status, quiet.error]).toEqual([204, null])
    const asked = await mine.from('contacts').delete().eq('id', randomUUID()).select()
    expect([asked.status, asked.data]).toEqual([200, []])
  })

  test('an empty change changes nothing', async ({ mine }) => {
    const { status, error } = await mine.from('contacts').update({}).eq('id', rows.bob)
    expect([status, error]).toEqual([204, null])
  })

  test('delete takes the row away and gives it back', async ({ mine }) => {
    const id = randomUUID()
    await mine.from('tags').insert({ id, name: `gone ${rows.tag}` })
    const { data, count } = await mine.from('tags').delete({ count: 'exact' }).eq('id', id).select('name')
    expect([data, count]).toEqual([[{ name: `gone ${rows.tag}` }], 1])
    expect((await mine.from('tags').select().eq('id', id)).data).toEqual([])
  })

  test('a change that must give one row and does not is taken back', async ({ mine }) => {
    const { error, status } = await mine
      .from('contacts').update({ city: 'Nowhere' }).contains('tags', [rows.tag]).select().single()
    expect([status, error?.code]).toEqual([406, 'PGRST116'])
    const { data } = await mine.from('contacts').select('id').contains('tags', [rows.tag]).eq('city', 'Nowhere')
    expect(data).toEqual([])
  })

  test('a moved card takes status and probability from its stage', async ({ mine }) => {
    const { data: won } = await mine.from('stages').select('id').eq('key', 'CLOSED_WON').limit(1).single()
    const { data, error } = await mine
      .from('opportunities').update({ stage_id: won?.id }).eq('id', rows.deal).select('status,probability_percent,closed_at').single()
    expect(error).toBeNull()
    expect(data).toMatchObject({ status: 'won', probability_percent: 100 })
    expect(data?.closed_at).toBeTruthy()
  })
})

describe('writes refuse', () => {
  const json = { 'Content-Type': 'application/json', 'Content-Profile': 'public' }

  test('what is no JSON', async ({ raw }) => {
    for (const body of ['', '{"first_name":']) {
      const response = await raw('/rest/v1/contacts', { method: 'POST', headers: json, body })
      expect(response.status).toBe(400)
      expect(await response.json()).toMatchObject({ code: 'PGRST102', message: 'Empty or invalid json' })
    }
  })

  test('rows with different keys and no columns', async ({ raw }) => {
    const body = JSON.stringify([{ first_name: 'a' }, { last_name: 'b' }])
    const response = await raw('/rest/v1/contacts', { method: 'POST', headers: json, body })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ code: 'PGRST102', message: 'All object keys must match' })
  })

  test('an unknown column, and name it', async ({ mine }) => {
    const { error, status } = await mine.from('contacts').insert({ first_name: 'a', nonsense: 1 })
    expect(status).toBe(400)
    expect(error).toMatchObject({
      code: 'PGRST204',
      message: "Could not find the 'nonsense' column of 'contacts' in the schema cache",
    })
  })

  test('an unknown table', async ({ mine }) => {
    const { error, status } = await mine.from('nonsense').insert({ a: 1 })
    expect([status, error?.code]).toEqual([404, 'PGRST205'])
  })

  test('an address that another contact has', async ({ mine }) => {
    const { error, status } = await mine.from('contacts').insert({ first_name: 'Twin', email: `ANN.${rows.tag}@acme.test` })
    expect([status, error?.code]).toEqual([409, '23505'])
    expect(error?.message).toContain('contacts_email_key')
  })

  test('a parent that does not exist', async ({ mine }) => {
    const { error, status } = await mine.from('contacts').insert({ first_name: 'Orphan', organization_id: randomUUID() })
    expect([status, error?.code]).toEqual([409, '23503'])
  })

  test('what breaks a rule of the record', async ({ mine }) => {
    const blank = await mine.from('organizations').insert({ name: '  ' })
    expect([blank.status, blank.error?.code]).toEqual([400, '23514'])
    const absent = await mine.from('organizations').insert({ industry: 'none' })
    expect([absent.status, absent.error?.code]).toEqual([400, '23502'])
    const wrong = await mine.from('organizations').insert({ name: 'x', employees: 'many' })
    expect([wrong.status, wrong.error?.code]).toEqual([400, '22P02'])
  })

  test('a half-good batch as a whole', async ({ mine }) => {
    const { error } = await mine.from('organizations').insert([{ name: `half ${rows.tag}` }, { name: ' ' }])
    expect(error?.code).toBe('23514')
    expect((await mine.from('organizations').select().eq('name', `half ${rows.tag}`)).data).toEqual([])
  })
})

describe('functions', () => {
  test('an unknown one is not found', async ({ mine }) => {
    const { error, status } = await mine.rpc('nonsense', { a: 1 })
    expect(status).toBe(404)
    expect(error).toMatchObject({
      code: 'PGRST202',
      message: 'Could not find the function public.nonsense(a) in the schema cache',
    })
  })
})
