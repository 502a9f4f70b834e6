// What somebody types about an activity, and the row it makes.
//
// In: the values of the form, or an activity to edit.
// Out: columns for the data API; values for the form.
// Invariant: a time of day never moves the day: due_on is what was typed, due_at the instant of that day and time here.

import * as v from 'valibot'
import type { Activity, ActivityType, Priority, RowId } from '@/api/records'

export interface ActivityValues {
  type: ActivityType
  subject: string
  body: string
  /** When it is due (task, meeting): a day, and a time (`14:30`) or nothing. */
  due_on: string | null
  due_time: string
  priority: Priority
  direction: 'inbound' | 'outbound' | null
  duration_minutes: string
  assigned_user_id: RowId | null
  contact_id: RowId | null
  organization_id: RowId | null
  opportunity_id: RowId | null
}

/** Checks on this side; the database holds the same rules. */
export const activitySchema = v.pipe(
  v.object({
    type: v.picklist(['note', 'call', 'email', 'meeting', 'task']),
    subject: v.pipe(v.string(), v.trim(), v.maxLength(300, 'Keep the subject below 300 characters.')),
    body: v.pipe(v.string(), v.trim(), v.maxLength(100_000, 'This text is too long.')),
    due_on: v.nullable(v.string()),
    due_time: v.pipe(v.string(), v.regex(/^$|^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time such as 14:30.')),
    priority: v.picklist(['low', 'normal', 'high']),
    direction: v.nullable(v.picklist(['inbound', 'outbound'])),
    duration_minutes: v.pipe(v.string(), v.trim(), v.regex(/^\d{0,4}$/, 'Write the minutes as a number.')),
    assigned_user_id: v.nullable(v.string()),
    contact_id: v.nullable(v.string()),
    organization_id: v.nullable(v.string()),
    opportunity_id: v.nullable(v.string()),
  }),
  v.forward(
    v.check((values) => values.subject !== '' || values.body !== '', 'Write a subject or a text.'),
    ['subject'],
  ),
)

export type CheckedActivity = v.InferOutput<typeof activitySchema>

/** Empty values of a type. */
export function emptyValues(type: ActivityType, given: Partial<ActivityValues> = {}): ActivityValues {
  return {
    type, subject: '', body: '', due_on: null, due_time: '', priority: 'normal',
    direction: type === 'call' || type === 'email' ? 'outbound' : null,
    duration_minutes: '', assigned_user_id: null, contact_id: null, organization_id: null, opportunity_id: null,
    ...given,
  }
}

/** The values to edit an activity with. */
export function valuesOf(activity: Activity): ActivityValues {
  return {
    ...emptyValues(activity.type),
    subject: activity.subject,
    body: activity.body ?? '',
    due_on: activity.due_on,
    due_time: activity.due_at ? localTime(new Date(activity.due_at)) : '',
    priority: activity.priority,
    direction: activity.direction,
    duration_minutes: activity.duration_minutes === null ? '' : String(activity.duration_minutes),
    assigned_user_id: activity.assigned_user_id,
    contact_id: activity.contact_id,
    organization_id: activity.organization_id,
    opportunity_id: activity.opportunity_id,
  }
}

/** The columns that the values stand for; what the type does not have is left empty. */
export function columnsOf(values: CheckedActivity): Partial<Activity> {
  const { type } = values
  const planned = type === 'task' || type === 'meeting'
  const spoken = type === 'call' || type === 'meeting'
  const due_on = planned ? values.due_on : null
  return {
    type,
    subject: values.subject,
    body: values.body === '' ? null : values.body,
    due_on,
    due_at: due_on !== null && values.due_time !== '' ? instantOf(due_on, values.due_time) : null,
    priority: type === 'task' ? values.priority : 'normal',
    direction: type === 'call' || type === 'email' ? values.direction : null,
    duration_minutes: spoken && values.duration_minutes !== '' ? Number(values.duration_minutes) : null,
    assigned_user_id: values.assigned_user_id,
    contact_id: values.contact_id,
    organization_id: values.organization_id,
    opportunity_id: values.opportunity_id,
  }
}

/** Which fields a type asks for. */
export function fieldsOf(type: ActivityType): { due: boolean; priority: boolean; direction: boolean; duration: boolean; body: string } {
  return {
    due: type === 'task' || type === 'meeting',
    priority: type === 'task',
    direction: type === 'call' || type === 'email',
    duration: type === 'call' || type === 'meeting',
    body: type === 'note' ? 'Note' : type === 'task' ? 'Details' : 'What was said',
  }
}

/** A quick entry: "Send offer tomorrow" becomes the subject and the day. */
export function quickTask(text: string, today: string, dayAfter: (day: string, days: number) => string): { subject: string; due_on: string } {
  const trimmed = text.trim()
  const found = /^(.*\S)\s+(today|tomorrow|in (\d{1,3}) days?)$/i.exec(trimmed)
  const [, subject = trimmed, word = 'today', days] = found ?? []
  const ahead = days !== undefined ? Number(days) : word.toLowerCase() === 'tomorrow' ? 1 : 0
  return { subject, due_on: dayAfter(today, ahead) }
}

function instantOf(day: string, time: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  return new Date(year, month - 1, date, hour, minute).toISOString()
}

function localTime(instant: Date): string {
  return `${String(instant.getHours()).padStart(2, '0')}:${String(instant.getMinutes()).padStart(2, '0')}`
}
