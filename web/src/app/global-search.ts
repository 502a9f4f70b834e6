// Search over all records in one request, best first, and what was visited lately when nothing is typed.
import { call } from '@/api/http'
import type { RowId } from '@/api/records'
import { searchWords } from '@/lib/fold'
import { formatDate, formatMoney } from '@/lib/format'

export interface Hit {
  kind: 'contact' | 'organization' | 'opportunity' | 'activity'
  id: RowId
  name: string
  detail: string
  to: { name: string; params?: { id: RowId } }
}

/** A hit as the server sends it; the fields are those of its kind of record. */
interface Found {
  type: 'contacts' | 'organizations' | 'opportunities' | 'activities'
  id: RowId
  name: string
  fields: {
    email?: string | null
    domain?: string | null
    industry?: string | null
    organization_name?: string | null
    amount?: number
    currency?: string
    occurred_at?: string
    contact_id?: RowId | null
    organization_id?: RowId | null
    opportunity_id?: RowId | null
  }
}

const EACH = 6
const KINDS = { contacts: 'contact', organizations: 'organization', opportunities: 'opportunity', activities: 'activity' } as const
const TYPES = Object.keys(KINDS).join(',')

function toHit({ type, id, name, fields }: Found): Hit {
  const kind = KINDS[type]
  return { kind, id, name, detail: detailOf(kind, fields), to: kind === 'activity' ? whereItHappened(fields) : { name: kind, params: { id } } }
}

function detailOf(kind: Hit['kind'], fields: Found['fields']): string {
  switch (kind) {
    case 'contact':
      return fields.organization_name ?? fields.email ?? ''
    case 'organization':
      return fields.domain ?? fields.industry ?? ''
    case 'opportunity':
      return formatMoney(fields.amount, fields.currency)
    case 'activity':
      return formatDate(fields.occurred_at)
  }
}

/** An activity has no page of its own: it stands in the history of what it belongs to. */
function whereItHappened({ opportunity_id, contact_id, organization_id }: Found['fields']): Hit['to'] {
  if (opportunity_id) return { name: 'opportunity', params: { id: opportunity_id } }
  if (contact_id) return { name: 'contact', params: { id: contact_id } }
  if (organization_id) return { name: 'organization', params: { id: organization_id } }
  return { name: 'activities' }
}

/** The records that hold every word of the text, some of each kind; the kind of the best one first. */
export async function searchEverything(text: string, signal: AbortSignal): Promise<Hit[]> {
  if (!searchWords(text).length) return []
  const asked = new URLSearchParams({ q: text.trim().slice(0, 200), types: TYPES, limit: String(EACH * 4) })
  const { hits } = await call<{ hits: Found[] }>('GET', `/api/search?${asked}`, { signal })
  const byKind = new Map<Hit['kind'], Hit[]>()
  for (const hit of hits.map(toHit)) byKind.set(hit.kind, [...(byKind.get(hit.kind) ?? []), hit].slice(0, EACH))
  return [...byKind.values()].flat()
}

const KEY = 'rapport-recent'
const MOST_RECENT = 8

/** What was opened from the search lately. */
export function recentHits(): Hit[] {
  try {
    const parsed: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? '[]')
    return Array.isArray(parsed) ? (parsed as Hit[]) : []
  } catch {
    return []
  }
}

export function remember(chosen: Hit): void {
  const rest = recentHits().filter((other) => other.id !== chosen.id)
  sessionStorage.setItem(KEY, JSON.stringify([chosen, ...rest].slice(0, MOST_RECENT)))
}
