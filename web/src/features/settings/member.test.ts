import { describe, expect, it } from 'vitest'
import type { Membership, Role } from '@/api/records'
import { grantable, inOrder, mayChange } from './member'

const member = (full_name: string, status: Membership['status'] = 'active', role: Role = 'member') =>
  ({ user_id: full_name, full_name, email: null, status, role }) as Membership

describe('a member', () => {
  it.each<[Role | null, Role, boolean]>([
    ['owner', 'owner', true], ['owner', 'member', true], ['admin', 'owner', false], ['admin', 'admin', true],
    ['manager', 'member', false], ['viewer', 'viewer', false], [null, 'member', false],
  ])('is changed by %s when it is %s: %s', (mine, role, expected) => {
    expect(mayChange(member('x', 'active', role), mine, 'me')).toBe(expected)
  })

  it('never locks itself out', () => {
    expect(mayChange(member('me', 'active', 'owner'), 'owner', 'me')).toBe(false)
  })

  it('is never given a role above the giver', () => {
    expect(grantable('admin')).not.toContain('owner')
    expect(grantable('member')).toEqual([])
  })

  it('is listed by name, invited and disabled ones last', () => {
    const list = [member('Zoe'), member('Ann', 'disabled'), member('Bob', 'invited'), member('Cid')]
    expect(list.sort(inOrder).map((each) => each.full_name)).toEqual(['Cid', 'Zoe', 'Bob', 'Ann'])
  })
})
