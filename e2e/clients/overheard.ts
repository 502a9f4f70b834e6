/**
 * What the outsider's socket hears while the suite works: their own changes, and nothing else.
 */
import { createClient, type RealtimeChannel } from '@supabase/supabase-js'
import { expect, inject } from 'vitest'
import { apikey, tokenOf, type Client } from './people.ts'

const tables = [
  'workspaces', 'memberships', 'teams', 'organizations', 'contacts', 'pipelines', 'stages', 'opportunities',
  'opportunity_contacts', 'products', 'opportunity_items', 'activities', 'tags', 'custom_fields', 'imports',
]

export interface Overheard {
  /** Fails when anything of another workspace has arrived since the socket opened. */
  nothing: () => void
  close: () => Promise<unknown>
}

/** Opens the outsider's socket on every table and waits until the changes flow. */
export async function overhear(): Promise<Overheard> {
  const { url, outsiderWorkspaceId } = inject('rapport')
  const token = await tokenOf('outsider')
  const client: Client = createClient(url, apikey, { accessToken: async () => token })
  await client.realtime.setAuth()
  const foreign: unknown[] = []
  let channel: RealtimeChannel = client.channel('everything')
  for (const table of tables) {
    channel = channel.on('postgres_changes', { event: '*', schema: 'public', table }, (change) => {
      const row = { ...change.old, ...change.new } as { workspace_id?: string; id?: string }
      const workspace = table === 'workspaces' ? row.id : row.workspace_id
      if (workspace !== outsiderWorkspaceId) foreign.push(change)
    })
  }
  await subscribed(channel)
  return {
    nothing: () => expect(foreign, 'the outsider heard').toEqual([]),
    close: () => client.removeAllChannels(),
  }
}

/** Resolves when the channel is joined; rejects with the server's reason when it is not. */
export function subscribed(channel: RealtimeChannel): Promise<RealtimeChannel> {
  return new Promise((wake, fail) => {
    channel.subscribe((status, error) => {
      if (status === 'SUBSCRIBED') wake(channel)
      else if (status !== 'CLOSED') fail(new Error(`${status}: ${error?.message ?? 'no reason given'}`))
    })
  })
}
