// The contacts of one opportunity and the part each plays.
import { shallowRef, watch } from 'vue'
import { db, rows } from '@/api/data'
import { errorFromThrown, type ApiError } from '@/api/error'
import type { RowId } from '@/api/records'
import { contactName, learnName } from '@/store/names'
import { optimistic } from '@/store/optimistic'

export const CONTACT_ROLES = ['Decision maker', 'Champion', 'Influencer', 'User', 'Finance', 'Legal'] as const

export interface ContactRole {
  readonly contact_id: RowId
  readonly role: string | null
  readonly is_primary: boolean
  readonly name: string
  readonly detail: string
}

interface Found {
  contact_id: RowId
  role: string | null
  is_primary: boolean
  contact: { first_name: string; last_name: string; email: string | null; job_title: string | null } | null
}

export function useContactRoles(opportunityId: () => RowId) {
  const people = shallowRef<readonly ContactRole[]>([])
  const loading = shallowRef(true)
  const error = shallowRef<ApiError | null>(null)

  async function load() {
    const about = opportunityId()
    loading.value = true
    try {
      const found = await rows<Found>(
        db.from('opportunity_contacts')
          .select('contact_id,role,is_primary,contact:contacts(first_name,last_name,email,job_title)')
          .eq('opportunity_id', about).order('is_primary', { ascending: false }).order('created_at').limit(100),
      )
      if (about !== opportunityId()) return
      people.value = found.map(({ contact, ...part }) => {
        const name = contactName(contact ?? {})
        learnName('contacts', part.contact_id, name)
        return { ...part, name, detail: contact?.job_title ?? contact?.email ?? '' }
      })
      error.value = null
    } catch (thrown) {
      error.value = errorFromThrown(thrown)
    }
    loading.value = false
  }

  /** Shows `next` at once; goes back to what was when the server refuses. */
  async function write(next: readonly ContactRole[], failed: string, send: () => PromiseLike<unknown>) {
    const before = people.value
    let refused = true
    await optimistic({
      show: () => {
        people.value = next
        return () => {
          if (refused) people.value = before
        }
      },
      send: async () => {
        await send()
        refused = false
      },
      failed,
    }).catch(() => undefined)
  }

  const one = (contactId: RowId) => ({ opportunity_id: opportunityId(), contact_id: contactId })

  function add(contactId: RowId, name: string, detail = '') {
    if (people.value.some((person) => person.contact_id === contactId)) return
    const is_primary = people.value.length === 0
    void write(
      [...people.value, { contact_id: contactId, role: null, is_primary, name, detail }],
      'The contact was not added',
      () => rows(db.from('opportunity_contacts').insert({ ...one(contactId), is_primary }).select('contact_id')),
    )
  }

  function setRole(contactId: RowId, role: string | null) {
    void write(
      people.value.map((person) => (person.contact_id === contactId ? { ...person, role } : person)),
      'The role was not changed',
      () => rows(db.from('opportunity_contacts').update({ role }).match(one(contactId)).select('contact_id')),
    )
  }

  function remove(contactId: RowId) {
    void write(
      people.value.filter((person) => person.contact_id !== contactId),
      'The contact was not removed',
      () => rows(db.from('opportunity_contacts').delete().match(one(contactId)).select('contact_id')),
    )
  }

  watch(opportunityId, () => void load(), { immediate: true })
  return { people, loading, error, add, setRole, remove, reload: load }
}
