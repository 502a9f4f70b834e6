/**
 * Links that an administrator hands over: to join the workspace, and to choose a new password.
 *
 * In: the official client of somebody who may manage members. Out: what the server answered.
 */
import { createClient, type SupabaseClient } from '@supabase/supabase-js'

export interface Invited {
  membership: { id: string; status: string }
  invite_url: string
}

/** Invites somebody; `email` may be left out when only a name is known. */
export function invite(api: SupabaseClient, url: string, person: { email?: string; full_name: string; role: string }) {
  return post<Invited>(api, `${url}/api/members/invite`, person)
}

/** Takes up an invitation past the page: the account has this password from now on. */
export async function accept(url: string, { invite_url }: Invited, password: string) {
  const token_hash = new URL(invite_url).searchParams.get('token') ?? ''
  const client = createClient(url, 'rapport', { auth: { persistSession: false, autoRefreshToken: false } })
  const opened = await client.auth.verifyOtp({ type: 'invite', token_hash })
  const changed = await client.auth.updateUser({ password })
  const error = opened.error ?? changed.error
  if (error) throw new Error(`the invitation was not taken up: ${error.message}`)
}

/** A link to a new password for a member. */
export async function recover(api: SupabaseClient, url: string, membershipId: string): Promise<string> {
  const { recovery_url } = await post<{ recovery_url: string }>(api, `${url}/api/members/recovery`, { membership_id: membershipId })
  return recovery_url
}

/** The part of a link that the browser under test is sent to: the server may be known under another name. */
export function pathOf(link: string): string {
  const { pathname, search } = new URL(link)
  return pathname + search
}

async function post<T>(api: SupabaseClient, url: string, body: object): Promise<T> {
  const { data } = await api.auth.getSession()
  const headers = { authorization: `Bearer ${data.session?.access_token}`, 'content-type': 'application/json' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}
