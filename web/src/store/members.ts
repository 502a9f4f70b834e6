// The people of the workspace: loaded once, small, kept live. Owners of records are shown and picked from here.
import { computed } from 'vue'
import { db, rows } from '@/api/data'
import type { Membership, RowId } from '@/api/records'
import { tables } from './tables'

let loading: Promise<void> | undefined

/** Loads the members unless they are here. */
export function loadMembers(): Promise<void> {
  loading ??= rows<Membership>(
    db.from('memberships').select('id,user_id,role,status,full_name,email,job_title,team_id,created_at,updated_at,version').order('full_name').limit(1000),
  ).then(
    (members) => {
      tables.memberships.hold(members.map((member) => member.id))
      tables.memberships.putAll(members)
    },
    (error: unknown) => {
      loading = undefined
      throw error
    },
  )
  return loading
}

const byUser = computed(() => new Map(tables.memberships.all().map((member) => [member.user_id, member])))

/** Members who may own records, by name. */
export const activeMembers = computed(() =>
  [...byUser.value.values()]
    .filter((member) => member.status !== 'disabled')
    .sort((a, b) => memberName(a).localeCompare(memberName(b))),
)

function memberName(member: Membership): string {
  return member.full_name || member.email || 'Unnamed'
}

/** The name of a user; empty for nobody. Reactive. */
export function userName(userId: RowId | null | undefined): string {
  if (!userId) return ''
  const member = byUser.value.get(userId)
  return member ? memberName(member) : ''
}

/** The members as choices of a select: owners of records. */
export const ownerChoices = computed(() => activeMembers.value.map((member) => ({ value: member.user_id, label: memberName(member) })))
