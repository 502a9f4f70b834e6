// The kinds of activities: how each is called, and what it asks for.
import {
  CalendarDaysIcon, CheckCircleIcon, EnvelopeIcon, PencilSquareIcon, PhoneIcon,
} from '@heroicons/vue/20/solid'
import type { Component } from 'vue'
import { db, rows } from '@/api/data'
import type { Activity, ActivityType, RowId } from '@/api/records'
import { learnName, contactName } from '@/store/names'
import { tables } from '@/store/tables'
import type { Query } from '@/store/use-table-list'

export interface Kind {
  readonly type: ActivityType
  readonly label: string
  /** What somebody did: "Ann logged a call". */
  readonly did: string
  readonly icon: Component
  readonly tone: string
}

export const KINDS: readonly Kind[] = [
  { type: 'note', label: 'Note', did: 'wrote a note', icon: PencilSquareIcon, tone: 'bg-warning-soft text-warning' },
  { type: 'call', label: 'Call', did: 'logged a call', icon: PhoneIcon, tone: 'bg-success-soft text-success' },
  { type: 'email', label: 'Email', did: 'logged an email', icon: EnvelopeIcon, tone: 'bg-info-soft text-info' },
  { type: 'meeting', label: 'Meeting', did: 'logged a meeting', icon: CalendarDaysIcon, tone: 'bg-accent-soft text-accent-text' },
  { type: 'task', label: 'Task', did: 'added a task', icon: CheckCircleIcon, tone: 'bg-active text-soft' },
]

const NOTE = KINDS[0] as Kind

export function kindOf(type: ActivityType): Kind {
  return KINDS.find((kind) => kind.type === type) ?? NOTE
}

/** The record a timeline or a composer belongs to. A composer writes all of them, a timeline reads the most specific. */
export interface ActivityLinks {
  contactId?: RowId | null
  organizationId?: RowId | null
  opportunityId?: RowId | null
}

export type LinkColumn = 'opportunity_id' | 'contact_id' | 'organization_id'

/** The column and the id a timeline is about. */
export function mainLink(links: ActivityLinks): { column: LinkColumn; id: RowId } | undefined {
  if (links.opportunityId) return { column: 'opportunity_id', id: links.opportunityId }
  if (links.contactId) return { column: 'contact_id', id: links.contactId }
  return links.organizationId ? { column: 'organization_id', id: links.organizationId } : undefined
}

/** The links as columns of a new row. */
export function linkColumns(links: ActivityLinks): Partial<Activity> {
  return {
    ...(links.contactId ? { contact_id: links.contactId } : {}),
    ...(links.organizationId ? { organization_id: links.organizationId } : {}),
    ...(links.opportunityId ? { opportunity_id: links.opportunityId } : {}),
  }
}

const COLUMNS =
  '*,contact:contacts(first_name,last_name,email),organization:organizations(name),opportunity:opportunities(name)'

interface Named {
  contact?: { first_name?: string; last_name?: string; email?: string | null } | null
  organization?: { name: string } | null
  opportunity?: { name: string } | null
}

/** Fetches activities with the names of what they are about, and puts them into the store. */
export async function fetchActivities(narrow: (query: Query) => Query, signal?: AbortSignal): Promise<Activity[]> {
  const request = narrow(db.from('activities').select(COLUMNS).is('deleted_at', null))
  const found = await rows<Activity & Named>(signal ? request.abortSignal(signal) : request)
  return found.map(({ contact, organization, opportunity, ...row }) => {
    if (contact) learnName('contacts', row.contact_id, contactName(contact))
    learnName('organizations', row.organization_id, organization?.name)
    learnName('opportunities', row.opportunity_id, opportunity?.name)
    tables.activities.put(row)
    return row
  })
}
