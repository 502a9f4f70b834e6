// A timeline in days: what happened, newest first, under the day it happened on where the reader is.
//
// In: activities in any order, today's day.
// Out: groups with a heading.
// Invariant: no I/O and no clock; an activity is in exactly one group.

import type { Activity } from '@/api/records'
import { dayOf, formatDay, relativeDay, type Day } from '@/lib/days'

export type TimelineEntry = Pick<Activity, 'id' | 'occurred_at'>

export interface TimelineDay<A extends TimelineEntry> {
  readonly day: Day
  readonly heading: string
  readonly entries: readonly A[]
}

/** Activities newest first, grouped by day. */
export function groupByDay<A extends TimelineEntry>(activities: readonly A[], today: Day): TimelineDay<A>[] {
  const sorted = [...activities].sort(newestFirst)
  const days = new Map<Day, A[]>()
  for (const activity of sorted) {
    const day = dayOf(new Date(activity.occurred_at))
    const entries = days.get(day)
    if (entries) entries.push(activity)
    else days.set(day, [activity])
  }
  return [...days].map(([day, entries]) => ({ day, heading: headingOf(day, today), entries }))
}

/** The order of every timeline: by instant, then by id, newest first. */
export function newestFirst(one: TimelineEntry, other: TimelineEntry): number {
  if (one.occurred_at !== other.occurred_at) return one.occurred_at < other.occurred_at ? 1 : -1
  return one.id < other.id ? 1 : -1
}

/** What a subject-less activity is called: the first words of its text. */
export function titleOf(activity: Pick<Activity, 'subject' | 'body'>): string {
  const subject = activity.subject.trim()
  if (subject !== '') return subject
  const firstLine = (activity.body ?? '').trim().split('\n')[0] ?? ''
  return firstLine.length > 80 ? `${firstLine.slice(0, 79).trimEnd()}…` : firstLine
}

/** True when the text is long enough to be folded away. */
export function isLong(body: string | null): boolean {
  return body !== null && (body.length > 480 || body.split('\n').length > 4)
}

function headingOf(day: Day, today: Day): string {
  const said = relativeDay(day, today)
  if (said === 'Today' || said === 'Yesterday' || said === 'Tomorrow') return said
  const options: Intl.DateTimeFormatOptions = { weekday: 'long', month: 'long', day: 'numeric' }
  return formatDay(day, day.slice(0, 4) === today.slice(0, 4) ? options : { ...options, year: 'numeric' })
}
