// What a contact list asks for, how it may be sorted and narrowed.
import type { Query, SortTerm } from '@/store/use-table-list'
import { matchingWords } from '@/api/search'
import { spanStart } from '@/lib/since'

/** The columns that rows of the list show. */
export const LIST_COLUMNS =
  'id,version,first_name,last_name,email,phones,job_title,organization_id,assigned_user_id,created_at,updated_at,deleted_at,organization:organizations(name)'

export const FILTERS = ['owner', 'organization', 'email', 'created', 'source'] as const
export type ContactFilter = (typeof FILTERS)[number]

const ORDER: Record<string, readonly string[]> = {
  name: ['last_name', 'first_name', 'id'],
  created_at: ['created_at', 'id'],
  updated_at: ['updated_at', 'id'],
}

/** "-created_at" as the order of the statement; an unknown sort falls back to the newest first. */
export function orderOf(sort: string): SortTerm[] {
  const column = sort.replace(/^-/, '')
  const columns = ORDER[column]
  if (!columns) return orderOf('-created_at')
  return columns.map((name) => ({ column: name, ascending: !sort.startsWith('-') }))
}

/** Columns whose change may move a row in, out or around. */
export function decidingColumns(sort: string, filters: Record<ContactFilter, string>, q: string): string[] {
  const columns = ['deleted_at', ...orderOf(sort).map((term) => term.column)]
  if (filters.owner) columns.push('assigned_user_id')
  if (filters.organization) columns.push('organization_id')
  if (filters.email || q) columns.push('email')
  if (filters.source) columns.push('source')
  if (q) columns.push('first_name', 'last_name', 'phones', 'other_emails')
  return columns
}

/** Adds the conditions of a list to its statement. */
export function narrow(query: Query, q: string, filters: Record<ContactFilter, string>, me: string): Query {
  let narrowed = matchingWords(query.is('deleted_at', null), q)
  if (filters.owner === 'none') narrowed = narrowed.is('assigned_user_id', null)
  else if (filters.owner) narrowed = narrowed.eq('assigned_user_id', filters.owner === 'me' ? me : filters.owner)
  if (filters.organization === 'none') narrowed = narrowed.is('organization_id', null)
  else if (filters.organization) narrowed = narrowed.eq('organization_id', filters.organization)
  if (filters.email === 'yes') narrowed = narrowed.not('email', 'is', null)
  if (filters.email === 'no') narrowed = narrowed.is('email', null)
  const since = spanStart(filters.created)
  if (since) narrowed = narrowed.gte('created_at', since)
  if (filters.source) narrowed = narrowed.ilike('source', `*${filters.source.replace(/[*%(),"\\]/g, '')}*`)
  return narrowed
}
