// What belongs to an organization or a contact: contacts, opportunities, children. Fetched when shown, kept live.
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { db, rows } from '@/api/data'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { Contact, Opportunity, Organization, Row, RowId, TableName, Tables } from '@/api/records'
import { useLive } from '@/live/use-live'
import { useHeld } from '@/store/held'
import { anyRowsOf, rowsOf } from '@/store/tables'
import type { Change } from '@/live/changes'

const MOST = 200

/** Rows of one table that satisfy a condition, whole; refetched when a change may concern them. */
function useRelated<T extends TableName>(table: T, source: () => string, fetch: (signal: AbortSignal) => Promise<Tables[T][]>, concerns: (row: Tables[T]) => boolean) {
  const ids = shallowRef<RowId[]>([])
  const loading = shallowRef(true)
  const error = shallowRef<ApiError | null>(null)
  let abort: AbortController | undefined

  async function reload() {
    abort?.abort()
    const own = (abort = new AbortController())
    try {
      const found = await fetch(own.signal)
      if (own.signal.aborted) return
      anyRowsOf(table).putAll(found as unknown as Row[])
      ids.value = found.map((row) => row.id)
      error.value = null
    } catch (thrown) {
      const failure = errorFromThrown(thrown)
      if (failure.aborted) return
      error.value = failure
    }
    loading.value = false
  }

  watch(source, () => void reload(), { immediate: true })
  useHeld(table, ids)
  useLive(table, {
    changes(batch: readonly Change[]) {
      const near = (row: Row | null) => row !== null && concerns(row as unknown as Tables[T])
      if (batch.some((change) => near(change.row) || near(change.old))) void reload()
    },
    resync: () => void reload(),
  })
  onScopeDispose(() => abort?.abort())
  const shown = computed(() => ids.value.map((id) => rowsOf(table).get(id)).filter((row) => row !== undefined && !row.deleted_at) as Readonly<Tables[T]>[])
  return { rows: shown, loading, error, reload }
}

/** The contacts of an organization, latest first. */
export function useOrganizationContacts(organizationId: () => RowId) {
  return useRelated(
    'contacts',
    organizationId,
    (signal) =>
      rows<Contact>(db.from('contacts').select('*').eq('organization_id', organizationId()).is('deleted_at', null).order('created_at', { ascending: false }).limit(MOST).abortSignal(signal)),
    (contact) => contact.organization_id === organizationId(),
  )
}

/** The opportunities of an organization, or those a contact has a part in; open and large ones first. */
export function useOpportunities(links: () => { organizationId?: RowId | null; contactId?: RowId | null }) {
  return useRelated(
    'opportunities',
    () => JSON.stringify(links()),
    async (signal) => {
      const { organizationId, contactId } = links()
      if (contactId) {
        const parts = await rows<{ opportunity: Opportunity }>(
          db.from('opportunity_contacts').select('opportunity:opportunities!inner(*)').eq('contact_id', contactId).is('opportunity.deleted_at', null).limit(MOST).abortSignal(signal),
        )
        return parts.map((part) => part.opportunity)
      }
      if (!organizationId) return []
      return rows<Opportunity>(
        db.from('opportunities').select('*').eq('organization_id', organizationId).is('deleted_at', null).order('created_at', { ascending: false }).limit(MOST).abortSignal(signal),
      )
    },
    (opportunity) => Boolean(links().contactId) || opportunity.organization_id === links().organizationId,
  )
}

/** The organizations that are part of one. */
export function useChildren(organizationId: () => RowId) {
  return useRelated(
    'organizations',
    organizationId,
    (signal) => rows<Organization>(db.from('organizations').select('*').eq('parent_id', organizationId()).is('deleted_at', null).order('name').limit(MOST).abortSignal(signal)),
    (organization) => organization.parent_id === organizationId(),
  )
}
