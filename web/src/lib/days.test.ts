import { describe, expect, it } from 'vitest'
import { addDays, dayOf, daysBetween, formatDay, monthAfter, monthRange, nextMonday, relativeDay } from './days'

describe('calendar days', () => {
  it('an instant belongs to the day it is where the viewer sits, early and late', () => {
    expect(dayOf(new Date(2026, 10, 23, 0, 0, 1))).toBe('2026-11-23')
    expect(dayOf(new Date(2026, 10, 23, 23, 59, 59))).toBe('2026-11-23')
  })

  it.each([
    ['2026-12-31', 1, '2027-01-01'],
    ['2028-02-28', 1, '2028-02-29'],
    ['2026-03-29', 1, '2026-03-30'], // Clocks change in Europe.
    ['2026-11-01', -1, '2026-10-31'], // Clocks change in America.
    ['2026-11-23', 365, '2027-11-23'],
  ])('%s and %i days is %s', (day, days, expected) => {
    expect(addDays(day, days)).toBe(expected)
    expect(daysBetween(day, expected)).toBe(days)
  })

  it('a month is a half-open range of days', () => {
    expect(monthRange('2026-11')).toEqual({ from: '2026-11-01', before: '2026-12-01' })
    expect(monthRange('2026-12')).toEqual({ from: '2026-12-01', before: '2027-01-01' })
    expect(monthAfter('2026-11-30', 2)).toBe('2027-01')
    expect(monthAfter('2026-01-31', -1)).toBe('2025-12')
  })

  it.each([
    ['2026-11-23', '2026-11-30'], // a Monday
    ['2026-11-29', '2026-11-30'], // a Sunday
    ['2026-11-27', '2026-11-30'],
  ])('the Monday after %s is %s', (day, monday) => {
    expect(nextMonday(day)).toBe(monday)
  })

  it('is said as people say it', () => {
    const today = '2026-11-23'
    expect(relativeDay('2026-11-23', today)).toBe('Today')
    expect(relativeDay('2026-11-24', today)).toBe('Tomorrow')
    expect(relativeDay('2026-11-22', today)).toBe('Yesterday')
    expect(relativeDay('2026-11-27', today)).toBe(formatDay('2026-11-27', { weekday: 'long' }))
    expect(relativeDay('2025-11-27', today)).toContain('2025')
  })
})
