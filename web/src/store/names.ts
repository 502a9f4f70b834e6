// Names of linked records, for links and cells: id → name. A list answer brings most of them; a missing one is fetched
// together with all others that the same frame asks for.
//
//   const owner = computed(() => nameOf('organizations', contact.value?.organization_id))
import { shallowReactive } from 'vue'
import { db, rows } from '@/api/data'
import type { RowId } from '@/api/records'
import { oncePerFrame } from '@/lib/timing'
import { tables } from './tables'

export type NamedTable = 'contacts' | 'organizations' | 'opportunities'

const MOST_REMEMBERED = 20_000

const known: Record<NamedTable, Map<RowId, string>> = {
  contacts: shallowReactive(new Map()),
  organizations: shallowReactive(new Map()),
  opportunities: shallowReactive(new Map()),
}
const wanted: Record<NamedTable, Set<RowId>> = { contacts: new Set(), organizations: new Set(), opportunities: new Set() }

/** How a contact is called: the name, else the address. */
export function contactName(contact: { first_name?: string; last_name?: string; email?: string | null }): string {
  return `${contact.first_name ?? ''} ${contact.last_name ?? ''}`.trim() || contact.email || 'Unnamed contact'
}

/** The main phone number of a contact. */
export function mainPhone(contact: { phones?: readonly { value: string }[] } | undefined): string {
  return contact?.phones?.[0]?.value ?? ''
}

const fetchWanted = oncePerFrame(() => {
  for (const table of Object.keys(wanted) as NamedTable[]) {
    const ids = [...wanted[table]].slice(0, 100)
    wanted[table].clear()
    if (ids.length) void fetchNames(table, ids)
  }
})

async function fetchNames(table: NamedTable, ids: RowId[]) {
  const columns = table === 'contacts' ? 'id,first_name,last_name,email' : 'id,name'
  try {
    const found = await rows<{ id: RowId; name?: string; first_name?: string; last_name?: string; email?: string | null }>(db.from(table).select(columns).in('id', ids))
    for (const row of found) learnName(table, row.id, row.name ?? contactName(row))
    for (const id of ids) if (!known[table].has(id)) known[table].set(id, '')
  } catch {
    // The name stays empty; the next change of the row asks again.
  }
}

/** Remembers a name that an answer brought along. */
export function learnName(table: NamedTable, id: RowId | null | undefined, name: string | null | undefined): void {
  if (!id || !name) return
  if (known[table].size > MOST_REMEMBERED) known[table].clear()
  if (known[table].get(id) !== name) known[table].set(id, name)
}

/** The name of a linked record; empty while it is fetched. Reactive. */
export function nameOf(table: NamedTable, id: RowId | null | undefined): string {
  if (!id) return ''
  const row = tables[table].get(id)
  if (row) {
    if ('name' in row && row.name) return row.name
    if ('first_name' in row && row.first_name !== undefined) return contactName(row)
  }
  const name = known[table].get(id)
  if (name === undefined) {
    wanted[table].add(id)
    fetchWanted()
    return ''
  }
  return name
}
