// When a task is due, seen from a day: which group it belongs to, and how to say it.
//
// In: the due day (and instant, when a time of day was given), today's day, the present instant.
// Out: a group, a word, a tone.
// Invariant: groups follow the calendar day, never the hour: what is due today is not overdue before midnight.

import { daysBetween, relativeDay, type Day } from '@/lib/days'
import { formatTime } from '@/lib/format'

/** What of an activity says when it is due. */
export interface Due {
  readonly due_on: Day | null
  readonly due_at: string | null
  readonly done_at: string | null
}

export type DueGroup = 'overdue' | 'today' | 'upcoming' | 'done' | 'undated'

/** The group an activity belongs to on `today`. */
export function dueGroup(due: Due, today: Day): DueGroup {
  if (due.done_at !== null) return 'done'
  if (due.due_on === null) return 'undated'
  if (due.due_on < today) return 'overdue'
  return due.due_on === today ? 'today' : 'upcoming'
}

/** How urgent it looks: late also covers an hour of today that has passed. */
export function dueTone(due: Due, today: Day, now: Date): 'late' | 'now' | 'calm' {
  const group = dueGroup(due, today)
  if (group === 'overdue') return 'late'
  if (group !== 'today') return 'calm'
  return due.due_at !== null && new Date(due.due_at) < now ? 'late' : 'now'
}

/** The due day in words: "3 days overdue", "Today 14:30", "Friday". */
export function dueWords(due: Due, today: Day): string {
  if (due.due_on === null) return ''
  const late = daysBetween(due.due_on, today)
  if (due.done_at === null && late > 1) return `${late} days overdue`
  const day = relativeDay(due.due_on, today)
  return due.due_at === null ? day : `${day} ${formatTime(due.due_at)}`
}

/** Tasks in the order to work them off: day, then time (whole-day ones last), then age. */
export function byDue(one: Due & { readonly id: string }, other: Due & { readonly id: string }): number {
  return compare(one.due_on ?? '9', other.due_on ?? '9')
    || compare(one.due_at ?? '9', other.due_at ?? '9')
    || compare(one.id, other.id)
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
