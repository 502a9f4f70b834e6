/**
 * Who takes part in the suite: the demo users, nobody, and the outsider; each as an official client.
 */
import { createClient, type SupabaseClient, type SupabaseClientOptions } from '@supabase/supabase-js'
import { inject } from 'vitest'
import { password } from '../server/rapport.ts'
import { outsiderEmail } from './setup.ts'

export type Client = SupabaseClient
export type Person = 'owner' | 'manager' | 'seller' | 'viewer' | 'outsider'

export const apikey = 'rapport'

const tokens = new Map<Person, Promise<string>>()

export function emailOf(person: Person): string {
  return person === 'outsider' ? outsiderEmail : `${person}@rapport.test`
}

/** A client without a session, as createClient makes it. */
export function anonymous(options: SupabaseClientOptions<'public'> = {}): Client {
  return createClient(inject('rapport').url, apikey, {
    ...options,
    auth: { persistSession: false, autoRefreshToken: false, ...options.auth },
  })
}

/** A client with a session of its own. */
export async function signedIn(person: Person, options: SupabaseClientOptions<'public'> = {}): Promise<Client> {
  const client = anonymous(options)
  const { error } = await client.auth.signInWithPassword({ email: emailOf(person), password })
  if (error) throw new Error(`${person} cannot sign in: ${error.message}`)
  return client
}

/** An access token of this person; one session serves the whole file. */
export function tokenOf(person: Person): Promise<string> {
  const token = tokens.get(person) ?? newToken(person)
  tokens.set(person, token)
  return token
}

/** A client that sends this person's token, through this fetch when one is given. */
export async function clientOf(person: Person, through: typeof fetch = fetch): Promise<Client> {
  const token = await tokenOf(person)
  return createClient(inject('rapport').url, apikey, { accessToken: async () => token, global: { fetch: through } })
}

async function newToken(person: Person): Promise<string> {
  const client = await signedIn(person)
  const { data } = await client.auth.getSession()
  if (!data.session) throw new Error(`${person} has no session`)
  return data.session.access_token
}
