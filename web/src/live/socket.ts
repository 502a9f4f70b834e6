// The one socket of the app: a channel per table in view, by the official client, fetched after the first paint.
//
// In: who watches which table. Out: changes in batches, once per frame, after they have entered the store;
// `resync` when changes may have been missed.
import type { RealtimeChannel, RealtimeClient } from '@supabase/realtime-js'
import { accessToken } from '@/api/stored-session'
import type { Row, TableName } from '@/api/records'
import { oncePerFrame } from '@/lib/timing'
import { applyChange, type Change } from './changes'
import { liveState as state } from './state'
import type { Watcher } from './use-live'

interface Watched {
  watchers: Set<Watcher>
  channel: RealtimeChannel | null
}

const watched = new Map<TableName, Watched>()
let client: Promise<RealtimeClient> | undefined
let waiting: Change[] = []

const deliver = oncePerFrame(() => {
  const batch = waiting
  waiting = []
  batch.forEach(applyChange)
  for (const [table, entry] of watched) {
    const own = batch.filter((change) => change.table === table)
    if (own.length) entry.watchers.forEach((watcher) => watcher.changes?.(own))
  }
})

async function connect(): Promise<RealtimeClient> {
  state.value = 'connecting'
  const { RealtimeClient } = await import('@supabase/realtime-js')
  const made = new RealtimeClient(`${location.origin.replace(/^http/, 'ws')}/realtime/v1`, {
    // A resync comes as a message; without this the server would make the channel join again (docs/realtime.md).
    params: { apikey: 'rapport', resync: 'message' },
    accessToken,
  })
  return made
}

/** Starts the channel of a table. The token goes first: a join without it would see nothing. */
async function join(table: TableName, entry: Watched) {
  client ??= connect()
  const realtime = await client
  await realtime.setAuth()
  if (!entry.watchers.size || entry.channel) return
  const channel = realtime.channel(`table:${table}`)
  entry.channel = channel
  const resync = () => entry.watchers.forEach((watcher) => watcher.resync?.())
  channel
    .on('system', {}, (message: { code?: string }) => {
      if (message.code === 'resync') resync()
    })
    .on('postgres_changes', { event: '*', schema: 'public', table }, (payload) => {
      const row = payload.eventType === 'DELETE' ? null : (payload.new as Row)
      const old = payload.eventType === 'INSERT' ? null : (payload.old as Row)
      const id = row?.id ?? old?.id
      if (!id) return
      waiting.push({ table, type: payload.eventType, id, row, old })
      deliver()
    })
    .subscribe((status) => {
      if (status === 'SUBSCRIBED') {
        state.value = 'live'
        // Also the first time: what changed between a page's own fetch and this moment was told to nobody.
        resync()
      } else if (status !== 'CLOSED' && watched.get(table) === entry) {
        state.value = 'interrupted'
      }
    })
}

/** Watches a table until the returned function is called. */
export function watchTable(table: TableName, watcher: Watcher): () => void {
  let entry = watched.get(table)
  if (!entry) {
    entry = { watchers: new Set(), channel: null }
    watched.set(table, entry)
  }
  const own = entry
  own.watchers.add(watcher)
  if (!own.channel) void join(table, own).catch(() => (state.value = 'interrupted'))
  return () => {
    own.watchers.delete(watcher)
    // A page that follows often watches the same table: leave the channel only when nobody came.
    setTimeout(() => {
      if (own.watchers.size || watched.get(table) !== own) return
      watched.delete(table)
      void own.channel?.unsubscribe()
    }, 3000)
  }
}

/** Leaves everything: the session is over. */
export async function disconnect(): Promise<void> {
  const ending = client
  client = undefined
  watched.clear()
  state.value = 'idle'
  await (await ending)?.disconnect()
}
