import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from '../suite.ts'
import { anonymous, clientOf } from '../people.ts'
import { makeRecords, type Records } from '../records.ts'

let rows: Records
beforeAll(async () => {
  rows = await makeRecords(await clientOf('owner'))
})

describe('nobody', () => {
  test('is told to sign in', async () => {
    for (const answer of [
      await anonymous().from('contacts').select(),
      await anonymous().from('contacts').insert({ first_name: 'x' }),
      await anonymous().from('contacts').delete().eq('id', rows.ann),
    ]) {
      expect([answer.status, answer.error?.code]).toEqual([401, 'PGRST302'])
    }
  })

  test('with a forged token is refused', async ({ raw }) => {
    const header = (text: object) => Buffer.from(JSON.stringify(text)).toString('base64url')
    const forged = `${header({ alg: 'none' })}.${header({ sub: randomUUID(), role: 'authenticated', exp: 4102444800 })}.`
    const response = await raw('/rest/v1/contacts?limit=1', { headers: { Authorization: `Bearer ${forged}` } })
    expect(response.status).toBe(401)
    expect(((await response.json()) as { code: string }).code).toMatch(/^PGRST30[123]$/)
  })
})

describe('a viewer', () => {
  test('reads', async () => {
    const viewer = await clientOf('viewer')
    expect((await viewer.from('contacts').select('first_name').eq('id', rows.ann)).data).toEqual([{ first_name: 'Ann' }])
  })

  test('writes nothing', async () => {
    const viewer = await clientOf('viewer')
    for (const answer of [
      await viewer.from('contacts').insert({ first_name: 'x' }),
      await viewer.from('contacts').update({ first_name: 'x' }).eq('id', rows.ann),
      await viewer.from('contacts').delete().eq('id', rows.ann),
      await viewer.from('memberships').update({ role: 'owner' }).neq('id', randomUUID()),
    ]) {
      expect([answer.status, answer.error?.code]).toEqual([403, '42501'])
    }
    const { data } = await viewer.from('contacts').select('first_name,version').eq('id', rows.ann).single()
    expect(data).toEqual({ first_name: 'Ann', version: 1 })
  })
})

describe('a member', () => {
  test('writes records but deletes none for good', async () => {
    const seller = await clientOf('seller')
    const update = await seller.from('contacts').update({ city: 'Graz' }).eq('id', rows.bob).select('city')
    expect(update.data).toEqual([{ city: 'Graz' }])
    const gone = await seller.from('contacts').delete().eq('id', rows.bob).select('id')
    expect(gone.data).toEqual([])
  })

  test('manages neither members nor the workspace', async ({ psql }) => {
    const seller = await clientOf('seller')
    const before = psql('select md5(string_agg(m::text, $$$$ order by m::text)) from public.memberships m')
    await seller.from('memberships').update({ role: 'admin' }).neq('id', randomUUID())
    await seller.from('workspaces').update({ name: 'Mine' }).neq('id', randomUUID())
    expect(psql('select md5(string_agg(m::text, $$$$ order by m::text)) from public.memberships m')).toBe(before)
    expect((await seller.from('workspaces').select('name')).data).toEqual([{ name: 'Demo' }])
  })
})

describe('a token', () => {
  test('that claims another workspace changes nothing: the server looks it up', async ({ mine }) => {
    const { data } = await mine.from('workspaces').select('name')
    expect(data).toEqual([{ name: 'Demo' }])
  })
})
