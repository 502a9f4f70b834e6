import { describe, expect, it } from 'vitest'
import { byDue, dueGroup, dueTone, dueWords, type Due } from './due'

const today = '2026-11-23'
const due = (due_on: string | null, due_at: string | null = null, done_at: string | null = null): Due => ({ due_on, due_at, done_at })

describe('a task', () => {
  it.each([
    [due('2026-11-22'), 'overdue'],
    [due('2026-11-23'), 'today'],
    [due('2026-11-24'), 'upcoming'],
    [due('2026-11-22', null, '2026-11-22T10:00:00Z'), 'done'],
    [due(null), 'undated'],
  ] as const)('%o belongs to %s', (task, group) => {
    expect(dueGroup(task, today)).toBe(group)
  })

  it('stays due today until midnight, whatever the hour says', () => {
    const morning = new Date(2026, 10, 23, 9, 0).toISOString()
    const evening = new Date(2026, 10, 23, 23, 59)
    expect(dueGroup(due(today, morning), today)).toBe('today')
    expect(dueTone(due(today, morning), today, evening)).toBe('late')
    expect(dueTone(due(today), today, evening)).toBe('now')
    expect(dueTone(due('2026-11-25'), today, evening)).toBe('calm')
  })

  it('says when it is due', () => {
    expect(dueWords(due('2026-11-20'), today)).toBe('3 days overdue')
    expect(dueWords(due('2026-11-22'), today)).toBe('Yesterday')
    expect(dueWords(due(today), today)).toBe('Today')
    expect(dueWords(due(today, new Date(2026, 10, 23, 14, 30).toISOString()), today)).toMatch(/^Today .*30/)
    expect(dueWords(due('2026-11-20', null, '2026-11-21T10:00:00Z'), today)).not.toContain('overdue')
  })

  it('is worked off by day, then by hour, whole days last', () => {
    const list = [
      { id: 'b', ...due(today) },
      { id: 'a', ...due('2026-11-24') },
      { id: 'c', ...due(today, '2026-11-23T09:00:00Z') },
    ]
    expect([...list].sort(byDue).map((task) => task.id).join('')).toBe('cba')
  })
})
