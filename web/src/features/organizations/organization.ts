// What an organization list asks for, how it may be sorted and narrowed.
import type { Query, SortTerm } from '@/store/use-table-list'
import { matchingWords } from '@/api/search'
import { spanStart } from '@/lib/since'

export const LIST_COLUMNS =
  'id,version,name,domain,industry,type,status,employees,annual_revenue,currency,assigned_user_id,created_at,updated_at,deleted_at'

export const FILTERS = ['owner', 'type', 'status', 'industry', 'created'] as const
export type OrganizationFilter = (typeof FILTERS)[number]

export const TYPES = [
  { value: 'prospect', label: 'Prospect' },
  { value: 'customer', label: 'Customer' },
  { value: 'partner', label: 'Partner' },
  { value: 'supplier', label: 'Supplier' },
  { value: 'other', label: 'Other' },
] as const

export const STATUSES = [
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
  { value: 'archived', label: 'Archived' },
] as const

const TONES = { prospect: 'info', customer: 'success', partner: 'accent', supplier: 'warning', other: 'neutral' } as const

export function typeLabel(type: string | undefined): string {
  return TYPES.find((known) => known.value === type)?.label ?? ''
}

export function typeTone(type: string | undefined) {
  return TONES[type as keyof typeof TONES] ?? 'neutral'
}

const ORDER: Record<string, readonly string[]> = {
  name: ['name', 'id'],
  annual_revenue: ['annual_revenue', 'id'],
  created_at: ['created_at', 'id'],
  updated_at: ['updated_at', 'id'],
}

/** "-annual_revenue" as the order of the statement; organizations without a figure come last. */
export function orderOf(sort: string): SortTerm[] {
  const column = sort.replace(/^-/, '')
  const columns = ORDER[column]
  if (!columns) return orderOf('name')
  const ascending = !sort.startsWith('-')
  return columns.map((name) => ({ column: name, ascending, ...(name === 'annual_revenue' ? { nullsFirst: ascending } : {}) }))
}

/** Columns whose change may move a row in, out or around. */
export function decidingColumns(sort: string, filters: Record<OrganizationFilter, string>, q: string): string[] {
  const columns = ['deleted_at', ...orderOf(sort).map((term) => term.column)]
  if (filters.owner) columns.push('assigned_user_id')
  for (const name of ['type', 'status', 'industry'] as const) if (filters[name]) columns.push(name)
  if (q) columns.push('name', 'domain', 'email', 'phone')
  return columns
}

/** Adds the conditions of a list to its statement. */
export function narrow(query: Query, q: string, filters: Record<OrganizationFilter, string>, me: string): Query {
  let narrowed = matchingWords(query.is('deleted_at', null), q)
  if (filters.owner === 'none') narrowed = narrowed.is('assigned_user_id', null)
  else if (filters.owner) narrowed = narrowed.eq('assigned_user_id', filters.owner === 'me' ? me : filters.owner)
  if (filters.type) narrowed = narrowed.eq('type', filters.type)
  if (filters.status) narrowed = narrowed.eq('status', filters.status)
  if (filters.industry) narrowed = narrowed.ilike('industry', `*${filters.industry.replace(/[*%(),"\\]/g, '')}*`)
  const since = spanStart(filters.created)
  return since ? narrowed.gte('created_at', since) : narrowed
}
