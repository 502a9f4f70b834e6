import { describe, expect, it } from 'vitest'
import type { Opportunity } from '@/api/records'
import { isNarrowed, isOverdue, matches, rottenDays, type OpportunityFilter } from './opportunity'

const all: OpportunityFilter = { pipeline_id: 'p', owner: null, search: '', month: null }
const row: Partial<Opportunity> = {
  id: 'o', pipeline_id: 'p', name: 'Érable Industrie – Umbau', assigned_user_id: 'ann', expected_close_date: '2026-11-30', deleted_at: null,
}

describe('an opportunity', () => {
  it.each<[Partial<OpportunityFilter>, boolean]>([
    [{}, true],
    [{ pipeline_id: 'other' }, false],
    [{ owner: 'ann' }, true],
    [{ owner: 'bob' }, false],
    [{ month: '2026-11' }, true],
    [{ month: '2026-12' }, false],
    [{ search: 'erable umb' }, true],
    [{ search: 'erable neubau' }, false],
  ])('is shown under %o: %s', (filter, shown) => {
    expect(matches(row, { ...all, ...filter })).toBe(shown)
  })

  it('in the trash is shown nowhere', () => {
    expect(matches({ ...row, deleted_at: '2026-11-01T00:00:00Z' }, all)).toBe(false)
    expect(matches(undefined, all)).toBe(false)
  })

  it('rots when it stands still longer than its stage allows', () => {
    const now = new Date(2026, 10, 23, 12)
    const since = new Date(2026, 10, 3, 18).toISOString()
    expect(rottenDays({ status: 'open', stage_changed_at: since }, { rot_after_days: 14 }, now)).toBe(6)
    expect(rottenDays({ status: 'open', stage_changed_at: since }, { rot_after_days: 30 }, now)).toBe(0)
    expect(rottenDays({ status: 'open', stage_changed_at: since }, { rot_after_days: null }, now)).toBe(0)
    expect(rottenDays({ status: 'won', stage_changed_at: since }, { rot_after_days: 14 }, now)).toBe(0)
  })

  it('is overdue the day after its expected close, while it is open', () => {
    expect(isOverdue({ status: 'open', expected_close_date: '2026-11-22' }, '2026-11-23')).toBe(true)
    expect(isOverdue({ status: 'open', expected_close_date: '2026-11-23' }, '2026-11-23')).toBe(false)
    expect(isOverdue({ status: 'won', expected_close_date: '2026-11-22' }, '2026-11-23')).toBe(false)
  })

  it('knows when a filter leaves something out', () => {
    expect(isNarrowed(all)).toBe(false)
    expect(isNarrowed({ ...all, search: ' a' })).toBe(true)
  })
})
