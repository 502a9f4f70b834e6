import { createClient } from '@supabase/supabase-js'
import { randomUUID } from 'node:crypto'
import { inject } from 'vitest'
import { afterAll, describe, expect, test } from '../suite.ts'
import { subscribed } from '../overheard.ts'
import { apikey, tokenOf, type Client, type Person } from '../people.ts'

const open: Client[] = []
afterAll(async () => {
  await Promise.all(open.map((client) => client.removeAllChannels()))
})

async function connected(person: Person, vsn: '1.0.0' | '2.0.0' = '2.0.0'): Promise<Client> {
  const token = await tokenOf(person)
  const client = createClient(inject('rapport').url, apikey, { accessToken: async () => token, realtime: { vsn } as object })
  open.push(client)
  await client.realtime.setAuth()
  return client
}

const arrives = { timeout: 5_000, interval: 10 }

describe('broadcast', () => {
  test('reaches the colleagues on the topic, not the sender, and nobody of another workspace', async () => {
    const topic = `room ${randomUUID()}`
    const heard: Record<string, unknown[]> = { sender: [], colleague: [], older: [], outsider: [] }
    const join = async (who: keyof typeof heard, client: Client) =>
      subscribed(client.channel(topic).on('broadcast', { event: 'cursor' }, ({ payload }) => heard[who]?.push(payload)))
    const sender = await join('sender', await connected('owner'))
    await join('colleague', await connected('seller'))
    await join('older', await connected('manager', '1.0.0'))
    await join('outsider', await connected('outsider'))
    await sender.send({ type: 'broadcast', event: 'cursor', payload: { x: 1 } })
    await expect.poll(() => [heard.colleague, heard.older], arrives).toEqual([[{ x: 1 }], [{ x: 1 }]])
    expect([heard.sender, heard.outsider]).toEqual([[], []])
  })

  test('is acknowledged and heard by the sender when asked', async () => {
    const heard: unknown[] = []
    const client = await connected('owner')
    const channel = client.channel(`self ${randomUUID()}`, { config: { broadcast: { ack: true, self: true } } })
    await subscribed(channel.on('broadcast', { event: 'ping' }, ({ payload }) => heard.push(payload)))
    expect(await channel.send({ type: 'broadcast', event: 'ping', payload: { n: 1 } })).toBe('ok')
    await expect.poll(() => heard, arrives).toEqual([{ n: 1 }])
  })

  test('may be sent without joining', async () => {
    const topic = `post ${randomUUID()}`
    const heard: unknown[] = []
    await subscribed((await connected('seller')).channel(topic).on('broadcast', { event: 'note' }, ({ payload }) => heard.push(payload)))
    const response = await fetch(`${inject('rapport').url}/realtime/v1/api/broadcast`, {
      method: 'POST',
      headers: { apikey, Authorization: `Bearer ${await tokenOf('owner')}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ messages: [{ topic, event: 'note', payload: { n: 2 }, private: false }] }),
    })
    expect(response.status).toBe(202)
    await expect.poll(() => heard, arrives).toEqual([{ n: 2 }])
  })
})
