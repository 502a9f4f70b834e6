// The fields of an opportunity's form and what is checked before they are sent.
import * as v from 'valibot'
import type { Opportunity, RowId } from '@/api/records'

const textOrNull = v.pipe(
  v.optional(v.nullable(v.string()), ''),
  v.transform((value) => value?.trim() || null),
)
const link = v.nullable(v.string())

export const opportunitySchema = v.object({
  name: v.pipe(v.string(), v.trim(), v.minLength(1, 'An opportunity needs a name.'), v.maxLength(300, 'Keep the name below 300 characters.')),
  organization_id: link,
  stage_id: v.pipe(v.nullable(v.string()), v.check((value) => value !== null, 'Choose a stage.')),
  amount: v.pipe(
    v.nullable(v.number()),
    v.transform((value) => value ?? 0),
    v.minValue(0, 'The amount cannot be negative.'),
    v.maxValue(9_999_999_999_999, 'This amount is too large.'),
  ),
  currency: v.pipe(v.string(), v.trim(), v.toUpperCase(), v.regex(/^[A-Z]{3}$/, 'A currency has three letters, such as USD.')),
  expected_close_date: v.nullable(v.pipe(v.string(), v.isoDate('This is not a date.'))),
  assigned_user_id: link,
  source: textOrNull,
  next_step: textOrNull,
  description: textOrNull,
})

export type CheckedOpportunity = v.InferOutput<typeof opportunitySchema>

export interface OpportunityFields {
  name: string
  organization_id: RowId | null
  stage_id: RowId | null
  amount: number | null
  currency: string
  expected_close_date: string | null
  assigned_user_id: RowId | null
  source: string
  next_step: string
  description: string
}

/** The form's fields from an opportunity, or from what a new one starts with. */
export function opportunityFields(from: Partial<Opportunity>, currency: string): OpportunityFields {
  return {
    name: from.name ?? '',
    organization_id: from.organization_id ?? null,
    stage_id: from.stage_id ?? null,
    amount: from.amount ?? null,
    currency: from.currency ?? currency,
    expected_close_date: from.expected_close_date ?? null,
    assigned_user_id: from.assigned_user_id ?? null,
    source: from.source ?? '',
    next_step: from.next_step ?? '',
    description: from.description ?? '',
  }
}
