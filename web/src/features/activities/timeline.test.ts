import { describe, expect, it } from 'vitest'
import { groupByDay, isLong, titleOf } from './timeline'

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).toISOString()

describe('a timeline', () => {
  it('puts the newest first, under the day it was for the reader', () => {
    const days = groupByDay(
      [
        { id: 'a', occurred_at: at(22, 23) },
        { id: 'b', occurred_at: at(23, 0) },
        { id: 'c', occurred_at: at(23, 9) },
        { id: 'd', occurred_at: at(2, 9) },
      ],
      '2026-11-23',
    )
    expect(days.map((day) => [day.heading, day.entries.map((entry) => entry.id).join('')])).toEqual([
      ['Today', 'cb'],
      ['Yesterday', 'a'],
      ['Monday, November 2', 'd'],
    ])
  })

  it('names the year of an older day', () => {
    expect(groupByDay([{ id: 'a', occurred_at: new Date(2025, 4, 5).toISOString() }], '2026-11-23')[0]?.heading).toContain('2025')
  })

  it('calls an activity without a subject by its first words', () => {
    expect(titleOf({ subject: ' Call ', body: 'x' })).toBe('Call')
    expect(titleOf({ subject: '', body: 'First line\nsecond' })).toBe('First line')
    expect(titleOf({ subject: '', body: 'x'.repeat(200) })).toHaveLength(80)
  })

  it('folds a long text only', () => {
    expect(isLong(null)).toBe(false)
    expect(isLong('short')).toBe(false)
    expect(isLong('1\n2\n3\n4\n5')).toBe(true)
  })
})
