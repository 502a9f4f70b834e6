import { createClient, type RealtimePostgresChangesPayload } from '@supabase/supabase-js'
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { afterAll, describe, expect, test } from '../suite.ts'
import { subscribed } from '../overheard.ts'
import { anonymous, apikey, signedIn, tokenOf, type Client } from '../people.ts'

type Change = RealtimePostgresChangesPayload<Record<string, unknown>>

const open: Client[] = []
afterAll(async () => {
  await Promise.all(open.map((client) => client.removeAllChannels()))
})

async function listener(vsn: '1.0.0' | '2.0.0'): Promise<Client> {
  const token = await tokenOf('seller')
  const client = createClient(inject('rapport').url, apikey, { accessToken: async () => token, realtime: { vsn } as object })
  open.push(client)
  await client.realtime.setAuth()
  return client
}

const arrives = { timeout: 5_000, interval: 10 }

for (const vsn of ['2.0.0', '1.0.0'] as const) {
  describe(`changes, protocol ${vsn}`, () => {
    test('insert, update and delete arrive in order with what changed', async ({ mine }) => {
      const client = await listener(vsn)
      const name = `live ${randomUUID()}`
      const heard: Change[] = []
      await subscribed(client.channel(name).on('postgres_changes', { event: '*', schema: 'public', table: 'tags' }, (change) => heard.push(change)))
      const { data } = await mine.from('tags').insert({ name }).select('id').single()
      await mine.from('tags').update({ color: 'red' }).eq('id', data?.id)
      await mine.from('tags').delete().eq('id', data?.id)
      const ours = () => heard.filter((change) => [change.new, change.old].some((row) => 'id' in row && row.id === data?.id))
      await expect.poll(() => ours().map(({ eventType }) => eventType), arrives).toEqual(['INSERT', 'UPDATE', 'DELETE'])
      const [insert, update, gone] = ours()
      expect(insert).toMatchObject({ schema: 'public', table: 'tags', errors: null, new: { name, color: 'gray', version: 1 } })
      expect(insert?.commit_timestamp).toMatch(/^\d{4}-/)
      expect(update).toMatchObject({ new: { color: 'red', version: 2 }, old: { id: data?.id } })
      expect(gone).toMatchObject({ new: {}, old: { id: data?.id } })
    })

    test('a filter lets through what it says', async ({ mine }) => {
      const client = await listener(vsn)
      const mark = randomUUID()
      const organizations = ['eq', 'neq', 'gt', 'in'].map((kind) => `${kind} ${mark}`)
      const heard: Record<string, string[]> = { eq: [], gt: [], in: [] }
      const on = (kind: 'eq' | 'gt' | 'in', filter: string) =>
        ({ kind, filter: { event: 'INSERT' as const, schema: 'public', table: 'organizations', filter } })
      const channel = client.channel(`filters ${mark}`)
      for (const { kind, filter } of [on('eq', `name=eq.${organizations[0]}`), on('gt', 'employees=gt.100'), on('in', 'industry=in.(iron,tin)')]) {
        channel.on('postgres_changes', filter, (change) => heard[kind]?.push(String(change.new.name)))
      }
      await subscribed(channel)
      await mine.from('organizations').insert([
        { name: organizations[0], employees: 5, industry: 'tin' },
        { name: organizations[1], employees: 101, industry: 'wood' },
      ])
      await expect.poll(() => heard, arrives).toEqual({ eq: [organizations[0]], gt: [organizations[1]], in: [organizations[0]] })
    })
  })
}

describe('changes', () => {
  test('made with psql arrive too', async ({ mine, psql }) => {
    const client = await listener('2.0.0')
    const { data } = await mine.from('contacts').insert({ first_name: 'Psql', last_name: 'Person' }).select('id').single()
    const heard: Change[] = []
    await subscribed(client.channel('by-psql').on(
      'postgres_changes', { event: 'UPDATE', schema: 'public', table: 'contacts', filter: `id=eq.${data?.id}` }, (change) => heard.push(change)))
    psql(`update public.contacts set city = 'Oslo' where id = '${data?.id}'`)
    await expect.poll(() => heard.map((change) => (change.new as { city?: string }).city), arrives).toEqual(['Oslo'])
  })

  test('carry values in their own types', async ({ mine }) => {
    const client = await listener('2.0.0')
    const name = `typed ${randomUUID()}`
    const heard: Change[] = []
    await subscribed(client.channel('typed').on(
      'postgres_changes', { event: 'INSERT', schema: 'public', table: 'organizations', filter: `name=eq.${name}` }, (change) => heard.push(change)))
    await mine.from('organizations').insert({ name, employees: 7, annual_revenue: 1.5, tags: ['a', 'b c'], custom: { k: [1] } })
    await expect.poll(() => heard[0]?.new, arrives).toMatchObject({
      name, employees: 7, annual_revenue: 1.5, tags: ['a', 'b c'], custom: { k: [1] }, industry: null,
    })
  })

  test('a committed row is already readable when its change arrives', async ({ mine }) => {
    const client = await listener('2.0.0')
    const seen: (number | undefined)[] = []
    await subscribed(client.channel('visible').on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'tags' }, async (change) => {
      const { data } = await client.from('tags').select('id').eq('id', (change.new as { id: string }).id)
      seen.push(data?.length)
    }))
    await Promise.all(Array.from({ length: 20 }, () => mine.from('tags').insert({ name: randomUUID() })))
    await expect.poll(() => seen.length, arrives).toBe(20)
    expect(seen.every((length) => length === 1)).toBe(true)
  })

  test('of an unknown table are refused without closing the channel', async () => {
    const client = await listener('2.0.0')
    const system: { status?: string; message?: string }[] = []
    const channel = client.channel('unknown-table')
    channel.on('system' as never, {} as never, (payload: { status?: string }) => system.push(payload))
    await subscribed(channel.on('postgres_changes', { event: '*', schema: 'public', table: 'nonsense' }, () => {}))
    await expect.poll(() => system.map(({ status }) => status), arrives).toContain('error')
  })

  test('reach nobody who has no session', async ({ mine }) => {
    const client = anonymous()
    open.push(client)
    const heard: unknown[] = []
    const channel = client.channel('nobody').on('postgres_changes', { event: '*', schema: 'public', table: 'tags' }, (change) => heard.push(change))
    channel.subscribe()
    const witness = await listener('2.0.0')
    const arrived: unknown[] = []
    await subscribed(witness.channel('witness').on('postgres_changes', { event: '*', schema: 'public', table: 'tags' }, (change) => arrived.push(change)))
    await mine.from('tags').insert({ name: randomUUID() })
    await expect.poll(() => arrived.length, arrives).toBeGreaterThan(0)
    expect(heard).toEqual([])
  })

  test('stop when the session ends', async ({ mine }) => {
    const client = await signedIn('seller')
    open.push(client)
    await client.realtime.setAuth()
    const heard: unknown[] = []
    await subscribed(client.channel('ended').on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'tags' }, (change) => heard.push(change)))
    await mine.from('tags').insert({ name: randomUUID() })
    await expect.poll(() => heard.length, arrives).toBe(1)
    const token = (await client.auth.getSession()).data.session?.access_token
    await fetch(`${inject('rapport').url}/auth/v1/logout?scope=local`, { method: 'POST', headers: { apikey, Authorization: `Bearer ${token}` } })
    await new Promise((wake) => setTimeout(wake, 1_000))
    await mine.from('tags').insert({ name: randomUUID() })
    await new Promise((wake) => setTimeout(wake, 500))
    expect(heard.length).toBe(1)
  })

  test('go on when the token is renewed', async ({ mine }) => {
    const client = await signedIn('seller')
    open.push(client)
    await client.realtime.setAuth()
    const heard: unknown[] = []
    await subscribed(client.channel('renewed').on('postgres_changes', { event: 'INSERT', schema: 'public', table: 'tags' }, (change) => heard.push(change)))
    const { data } = await client.auth.refreshSession()
    await client.realtime.setAuth(data.session?.access_token)
    await mine.from('tags').insert({ name: randomUUID() })
    await expect.poll(() => heard.length, arrives).toBe(1)
  })
})
