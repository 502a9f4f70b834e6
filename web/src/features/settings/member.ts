// What may be done with a member, and how that is said.
//
// In: a membership, who is looking. Out: yes or no, words.
// Invariant: no I/O. The database decides; this only keeps what it would refuse from being offered.

import type { Membership, Role } from '@/api/records'

export const ROLES: readonly { readonly value: Role; readonly label: string; readonly text: string }[] = [
  { value: 'owner', label: 'Owner', text: 'Everything, and other owners' },
  { value: 'admin', label: 'Admin', text: 'Members, pipelines, workspace' },
  { value: 'manager', label: 'Manager', text: 'All records, products, deleting' },
  { value: 'member', label: 'Member', text: 'Creates and changes records' },
  { value: 'viewer', label: 'Viewer', text: 'Reads only' },
]

export function roleLabel(role: Role): string {
  return ROLES.find((each) => each.value === role)?.label ?? role
}

/** The roles one may give: nobody above oneself. */
export function grantable(mine: Role | null): Role[] {
  if (mine === 'owner') return ROLES.map((role) => role.value)
  return mine === 'admin' ? ['admin', 'manager', 'member', 'viewer'] : []
}

/** May the one who looks change this member's role or state? An owner only by an owner, and never oneself. */
export function mayChange(member: Pick<Membership, 'role' | 'user_id'>, mine: Role | null, me: string | null | undefined): boolean {
  if (member.user_id === me) return false
  return mine === 'owner' || (mine === 'admin' && member.role !== 'owner')
}

/** Members in the order they are listed: active ones by name, then invited, then disabled. */
export function inOrder(one: Membership, other: Membership): number {
  const rank = { active: 0, invited: 1, disabled: 2 }
  return rank[one.status] - rank[other.status] || memberName(one).localeCompare(memberName(other))
}

export function memberName(member: Pick<Membership, 'full_name' | 'email'>): string {
  return member.full_name || member.email || 'Unnamed'
}
