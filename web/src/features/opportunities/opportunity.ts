// What the pages of opportunities say about one: overdue, rotting, in or out of a filter.
//
// In: rows, stages, a filter, today's day, the present instant.
// Out: words and yes or no.
// Invariant: no I/O; a filter decides here exactly as it does in the query (filterQuery), so a live change lands right.

import type { Opportunity, Stage } from '@/api/records'
import { daysBetween, dayOf, monthRange, type Day } from '@/lib/days'
import { fold, searchWords } from '@/lib/fold'

/** What narrows the board and the list. */
export interface OpportunityFilter {
  readonly pipeline_id: string | null
  readonly owner: string | null
  readonly search: string
  /** `2026-11`: expected to close in that month. */
  readonly month: string | null
}

/** The columns a card or a list row shows. */
export const CARD_COLUMNS =
  'id,version,created_at,updated_at,deleted_at,name,organization_id,pipeline_id,stage_id,status,probability_percent,' +
  'amount,currency,expected_close_date,closed_at,stage_changed_at,board_position,assigned_user_id,next_step'

export type Card = Pick<
  Opportunity,
  | 'id' | 'version' | 'created_at' | 'deleted_at' | 'name' | 'organization_id' | 'pipeline_id' | 'stage_id' | 'status'
  | 'probability_percent' | 'amount' | 'currency' | 'expected_close_date' | 'stage_changed_at' | 'board_position'
  | 'assigned_user_id'
>

/** True when the filter leaves something out. */
export function isNarrowed(filter: OpportunityFilter): boolean {
  return filter.owner !== null || filter.month !== null || filter.search.trim() !== ''
}

/** Does the row belong to what the filter shows? */
export function matches(row: Partial<Opportunity> | null | undefined, filter: OpportunityFilter): boolean {
  if (!row || row.deleted_at) return false
  if (filter.pipeline_id !== null && row.pipeline_id !== filter.pipeline_id) return false
  if (filter.owner !== null && row.assigned_user_id !== filter.owner) return false
  if (filter.month !== null) {
    const { from, before } = monthRange(filter.month)
    const day = row.expected_close_date ?? ''
    if (day < from || day >= before) return false
  }
  const name = fold(row.name ?? '')
  return searchWords(filter.search).every((word) => name.includes(fold(word)))
}

/** How many days an open opportunity has stood still beyond what its stage allows; 0 when it is fresh. */
export function rottenDays(
  row: Pick<Opportunity, 'status' | 'stage_changed_at'>,
  stage: Pick<Stage, 'rot_after_days'> | undefined,
  now: Date,
): number {
  const allowed = stage?.rot_after_days ?? null
  if (row.status !== 'open' || allowed === null) return 0
  return Math.max(0, daysBetween(dayOf(new Date(row.stage_changed_at)), dayOf(now)) - allowed)
}

/** An open opportunity whose expected close has passed. */
export function isOverdue(row: Pick<Opportunity, 'status' | 'expected_close_date'>, today: Day): boolean {
  return row.status === 'open' && row.expected_close_date !== null && row.expected_close_date < today
}
