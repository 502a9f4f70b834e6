// Checking a task off, with undo.
import type { Activity } from '@/api/records'
import { changeRow } from '@/store/optimistic'

/** Marks an activity as done, or as not done; the toast takes it back. */
export async function checkOff(activity: Pick<Activity, 'id' | 'done_at'>): Promise<void> {
  const done = activity.done_at === null
  await changeRow(
    'activities',
    activity.id,
    { done_at: done ? new Date().toISOString() : null },
    { undo: done ? 'Task done' : 'Task reopened', failed: 'The task was not changed' },
  ).catch(() => undefined) // The toast has said it, and the task is as it was.
}
