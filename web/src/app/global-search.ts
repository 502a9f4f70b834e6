// Search over all records: some of each kind, and what was visited lately when nothing is typed.
import type { RouteLocationRaw } from 'vue-router'
import { db, rows } from '@/api/data'
import type { Contact, Opportunity, Organization, RowId } from '@/api/records'
import { matchingWords } from '@/api/search'
import { searchWords } from '@/lib/fold'
import { formatMoney } from '@/lib/format'
import { contactName } from '@/store/names'

export interface Hit {
  kind: 'contact' | 'organization' | 'opportunity'
  id: RowId
  name: string
  detail: string
  to: RouteLocationRaw
}

const EACH = 6

function hit(kind: Hit['kind'], id: RowId, name: string, detail: string): Hit {
  return { kind, id, name, detail, to: { name: kind, params: { id } } }
}

async function contacts(text: string, signal: AbortSignal): Promise<Hit[]> {
  type Found = Pick<Contact, 'id' | 'first_name' | 'last_name' | 'email' | 'job_title'> & { organization: { name: string } | null }
  const query = db.from('contacts').select('id,first_name,last_name,email,job_title,organization:organizations(name)').is('deleted_at', null)
  const found = await rows<Found>(matchingWords(query, text).order('updated_at', { ascending: false }).limit(EACH).abortSignal(signal))
  return found.map((row) => hit('contact', row.id, contactName(row), row.organization?.name ?? row.email ?? ''))
}

async function organizations(text: string, signal: AbortSignal): Promise<Hit[]> {
  type Found = Pick<Organization, 'id' | 'name' | 'domain' | 'industry'>
  const query = db.from('organizations').select('id,name,domain,industry').is('deleted_at', null)
  const found = await rows<Found>(matchingWords(query, text).order('updated_at', { ascending: false }).limit(EACH).abortSignal(signal))
  return found.map((row) => hit('organization', row.id, row.name, row.domain ?? row.industry ?? ''))
}

async function opportunities(text: string, signal: AbortSignal): Promise<Hit[]> {
  type Found = Pick<Opportunity, 'id' | 'name' | 'amount' | 'currency'>
  const query = db.from('opportunities').select('id,name,amount,currency').is('deleted_at', null)
  const found = await rows<Found>(matchingWords(query, text).order('updated_at', { ascending: false }).limit(EACH).abortSignal(signal))
  return found.map((row) => hit('opportunity', row.id, row.name, formatMoney(row.amount, row.currency)))
}

/** The records that hold every word of the text. A kind that fails is left out; all failing is an error. */
export async function searchEverything(text: string, signal: AbortSignal): Promise<Hit[]> {
  if (!searchWords(text).length) return []
  const answers = await Promise.allSettled([contacts(text, signal), organizations(text, signal), opportunities(text, signal)])
  const hits = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  const failed = answers.find((answer) => answer.status === 'rejected')
  if (!hits.length && failed) throw failed.reason
  return hits
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
