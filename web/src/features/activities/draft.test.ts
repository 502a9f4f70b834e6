import { safeParse } from 'valibot'
import { describe, expect, it } from 'vitest'
import { addDays, dayOf } from '@/lib/days'
import { activitySchema, columnsOf, emptyValues, quickTask, type ActivityValues } from './draft'

function checked(values: ActivityValues) {
  const result = safeParse(activitySchema, values)
  return result.success ? columnsOf(result.output) : result.issues.map((issue) => issue.path?.[0]?.key)
}

describe('an activity that somebody types', () => {
  it('needs a subject or a text, said beside the subject', () => {
    expect(checked(emptyValues('call'))).toEqual(['subject'])
    expect(checked(emptyValues('note', { body: '  ' }))).toEqual(['subject'])
    expect(checked(emptyValues('note', { body: 'x' }))).toMatchObject({ type: 'note', subject: '', body: 'x' })
  })

  it('keeps its day whatever the time says', () => {
    const columns = checked(emptyValues('task', { subject: 'x', due_on: '2026-11-23', due_time: '23:59' }))
    expect(columns).toMatchObject({ due_on: '2026-11-23' })
    expect(dayOf(new Date((columns as { due_at: string }).due_at))).toBe('2026-11-23')
  })

  it('has no time without a day', () => {
    expect(checked(emptyValues('task', { subject: 'x', due_time: '10:00' }))).toMatchObject({ due_on: null, due_at: null })
  })

  it('leaves out what its type does not have', () => {
    const values = { subject: 'x', due_on: '2026-11-23', duration_minutes: '30', direction: 'inbound' as const, priority: 'high' as const }
    expect(checked(emptyValues('note', values))).toMatchObject({ due_on: null, duration_minutes: null, direction: null, priority: 'normal' })
    expect(checked(emptyValues('call', values))).toMatchObject({ due_on: null, duration_minutes: 30, direction: 'inbound' })
    expect(checked(emptyValues('task', values))).toMatchObject({ due_on: '2026-11-23', priority: 'high', duration_minutes: null })
  })

  it('is refused with a wrong time or length', () => {
    expect(checked(emptyValues('task', { subject: 'x', due_time: '25:00' }))).toEqual(['due_time'])
    expect(checked(emptyValues('call', { subject: 'x', duration_minutes: 'long' }))).toEqual(['duration_minutes'])
  })

  it.each([
    ['Send offer', 'Send offer', '2026-11-23'],
    ['Send offer tomorrow', 'Send offer', '2026-11-24'],
    ['Call Ann in 10 days', 'Call Ann', '2026-12-03'],
    ['tomorrow', 'tomorrow', '2026-11-23'],
  ])('"%s" is quickly added as "%s" on %s', (text, subject, due_on) => {
    expect(quickTask(text, '2026-11-23', addDays)).toEqual({ subject, due_on })
  })
})
