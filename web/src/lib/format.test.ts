import { describe, expect, it } from 'vitest'
import { parseAmount } from './amount'
import { fold, searchWords } from './fold'
import { formatDate, formatMoney, formatRelative, today } from './format'
import { hueOf, initialsOf } from './identity'
import { newId } from './new-id'

describe('formats', () => {
  it('shows cents only when there are some', () => {
    expect(formatMoney(12_400, 'USD')).not.toContain('.00')
    expect(formatMoney(12_400.5, 'USD')).toContain('.50')
  })
  it('never shifts a bare day by the time zone', () => expect(formatDate('2026-11-23')).toContain('23'))
  it('says nothing for nothing', () => expect([formatDate(null), formatMoney(undefined), formatRelative('')]).toEqual(['', '', '']))
  it('speaks of time as people do', () => {
    const now = Date.UTC(2026, 10, 23, 12)
    expect(formatRelative('2026-11-23T11:59:50Z', now)).toBe('just now')
    expect(formatRelative('2026-11-23T11:55:00Z', now)).toBe('5 minutes ago')
    expect(formatRelative('2026-11-22T12:00:00Z', now)).toBe('yesterday')
  })
  it('knows the calendar day of the reader', () => expect(today(new Date(2026, 0, 5))).toBe('2026-01-05'))
})

describe('amounts as typed', () => {
  const cases: [typed: string, value: number | null | undefined][] = [
    ['12,500', 12_500],
    ['12.500,50', 12_500.5],
    ['12,500.50', 12_500.5],
    ['12.5', 12.5],
    ['1.2m', 1_200_000],
    ['12k', 12_000],
    ['€ 1 250', 1250],
    ['1,234,567', 1_234_567],
    ['', null],
    ['abc', undefined],
    ['-5', -5],
  ]
  it.each(cases)('%s', (typed, value) => expect(parseAmount(typed)).toBe(value))
})

describe('search text', () => {
  it('is folded like in the database', () => expect(fold('Ångström Łódź Straße')).toBe('angstrom lodz strase'))
  it('is split into words without pattern characters', () => expect(searchWords(' Ann*  Lee%, (x) ')).toEqual(['Ann', 'Lee', 'x']))
})

describe('identity', () => {
  it('takes initials of first and last word', () => {
    expect(initialsOf('Ann Marie Lee')).toBe('AL')
    expect(initialsOf('acme')).toBe('AC')
    expect(initialsOf('')).toBe('?')
  })
  it('gives an id always the same hue', () => expect(hueOf('0190-a')).toBe(hueOf('0190-a')))
  it('makes ids that sort by time', () => {
    expect(newId(1_700_000_000_000) < newId(1_700_000_000_001)).toBe(true)
    expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})
