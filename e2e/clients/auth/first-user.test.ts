import { createClient } from '@supabase/supabase-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRapport, type Rapport } from '../../server/rapport.ts'
import { apikey } from '../people.ts'

let rapport: Rapport
beforeAll(async () => {
  rapport = await startRapport({ demo: false, args: ['--sign-up', 'open'] })
}, 120_000)
afterAll(() => rapport?.stop())

async function newcomer(email: string) {
  const client = createClient(rapport.url, apikey, { auth: { persistSession: false, autoRefreshToken: false } })
  const { data, error } = await client.auth.signUp({
    email, password: 'long-enough-1', options: { data: { full_name: 'New Person', workspace_name: `House of ${email}` } },
  })
  expect(error).toBeNull()
  expect(data.session?.access_token).toBeTruthy()
  return client
}

describe('on an empty installation', () => {
  it('the first user makes a workspace with its pipeline, an open door gives the next one another', async () => {
    const ada = await newcomer('ada@example.test')
    const stages = await ada.from('stages').select('key').order('position')
    expect(stages.data?.map(({ key }) => key)).toEqual([
      'PROSPECTING', 'QUALIFICATION', 'PROPOSAL', 'NEGOTIATION', 'CLOSED_WON', 'CLOSED_LOST',
    ])
    expect((await ada.from('memberships').select('role')).data).toEqual([{ role: 'owner' }])
    expect((await ada.from('contacts').insert({ first_name: 'Ada’s' })).error).toBeNull()

    const bob = await newcomer('bob@example.test')
    expect((await bob.from('contacts').select()).data).toEqual([])
    expect((await bob.from('workspaces').select('id')).data).toHaveLength(1)
    expect((await bob.from('memberships').select('email')).data).toEqual([{ email: 'bob@example.test' }])
  })

  it('an address is taken once, and a weak password never', async () => {
    const client = createClient(rapport.url, apikey, { auth: { persistSession: false } })
    const twice = await client.auth.signUp({ email: 'ADA@example.test', password: 'long-enough-1' })
    expect(twice.error).toMatchObject({ status: 422, code: 'user_already_exists' })
    const weak = await client.auth.signUp({ email: 'cleo@example.test', password: 'abc' })
    expect(weak.error).toMatchObject({ status: 422, code: 'weak_password' })
  })
})
