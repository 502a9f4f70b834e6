// Calendar days as texts (`2026-11-23`): they compare as they sort, and no time zone can shift them.
//
// In: a Date only at the door (`dayOf`), where the viewer's own time zone decides which day an instant belongs to.
// Out: day texts, distances in days, words for people.
// Invariant: arithmetic happens on the calendar (UTC under the hood), so a day never slips at a clock change.

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string

const DAY_MS = 86_400_000

/** The calendar day of an instant where the viewer is. */
export function dayOf(instant: Date): Day {
  return toDay(instant.getFullYear(), instant.getMonth() + 1, instant.getDate())
}

/** The day `days` later (earlier when negative). */
export function addDays(day: Day, days: number): Day {
  return fromUtc(new Date(utcOf(day) + days * DAY_MS))
}

/** How many days `later` comes after `earlier`; negative the other way round. */
export function daysBetween(earlier: Day, later: Day): number {
  return Math.round((utcOf(later) - utcOf(earlier)) / DAY_MS)
}

/** The first day of a month (`2026-11`) and of the next one: a half-open range for filters. */
export function monthRange(month: string): { from: Day; before: Day } {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return { from: toDay(year, number, 1), before: number === 12 ? toDay(year + 1, 1, 1) : toDay(year, number + 1, 1) }
}

/** The month (`2026-11`) that lies `months` after the month of a day. */
export function monthAfter(day: Day, months: number): string {
  const [year = 1970, month = 1] = day.split('-').map(Number)
  const date = new Date(Date.UTC(year, month - 1 + months, 1))
  return fromUtc(date).slice(0, 7)
}

/** The Monday of the week after the one that holds `day`. */
export function nextMonday(day: Day): Day {
  const weekday = new Date(utcOf(day)).getUTCDay()
  return addDays(day, weekday === 0 ? 1 : 8 - weekday)
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** A day in the viewer's language; `options` as of Intl.DateTimeFormat. */
export function formatDay(day: Day, options: Intl.DateTimeFormatOptions = { dateStyle: 'medium' }): string {
  const key = JSON.stringify(options)
  let formatter = formatters.get(key)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat(undefined, { ...options, timeZone: 'UTC' })
    formatters.set(key, formatter)
  }
  return formatter.format(new Date(utcOf(day)))
}

/** A month (`2026-11`) in words, short by default. */
export function formatMonth(month: string, options: Intl.DateTimeFormatOptions = { month: 'short' }): string {
  return formatDay(`${month}-01`, options)
}

/** A day as people say it seen from `today`: Today, Tomorrow, a weekday within the week, else the date. */
export function relativeDay(day: Day, today: Day): string {
  const distance = daysBetween(today, day)
  if (distance === 0) return 'Today'
  if (distance === 1) return 'Tomorrow'
  if (distance === -1) return 'Yesterday'
  if (distance > 1 && distance < 7) return formatDay(day, { weekday: 'long' })
  const sameYear = day.slice(0, 4) === today.slice(0, 4)
  return formatDay(day, sameYear ? { month: 'short', day: 'numeric' } : { month: 'short', day: 'numeric', year: 'numeric' })
}

function utcOf(day: Day): number {
  const [year = 1970, month = 1, date = 1] = day.slice(0, 10).split('-').map(Number)
  return Date.UTC(year, month - 1, date)
}

function fromUtc(date: Date): Day {
  return toDay(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

function toDay(year: number, month: number, date: number): Day {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
}
