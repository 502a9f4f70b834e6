// The fields of an organization's form and what is checked before they are sent.
import { email, literal, minValue, nonEmpty, nullable, number, object, picklist, pipe, string, transform, trim, union } from 'valibot'
import type { Organization, OrganizationType } from '@/api/records'

/** Text that is stored as nothing when empty. */
const textOrNull = pipe(
  string(),
  transform((value) => value.trim() || null),
)
const MAIL = 'This does not look like an email address.'

export const organizationSchema = object({
  name: pipe(string(), trim(), nonEmpty('Enter a name.')),
  domain: pipe(
    string(),
    transform((value) => value.trim().replace(/^https?:\/\/(www\.)?/i, '').replace(/\/.*$/, '').toLowerCase() || null),
  ),
  website: textOrNull,
  industry: textOrNull,
  type: picklist(['prospect', 'customer', 'partner', 'supplier', 'other'], 'Choose a type.'),
  employees: nullable(pipe(number(), minValue(0, 'This cannot be negative.'))),
  annual_revenue: nullable(pipe(number(), minValue(0, 'This cannot be negative.'))),
  phone: textOrNull,
  email: pipe(
    union([pipe(string(), trim(), literal('')), pipe(string(), trim(), email(MAIL))], MAIL),
    transform((value) => value || null),
  ),
  assigned_user_id: nullable(string()),
  parent_id: nullable(string()),
  description: textOrNull,
})

export interface OrganizationFields {
  name: string
  domain: string
  website: string
  industry: string
  type: OrganizationType
  employees: number | null
  annual_revenue: number | null
  phone: string
  email: string
  assigned_user_id: string | null
  parent_id: string | null
  description: string
}

/** The form's fields from an organization, or from what a new one starts with. */
export function organizationFields(from: Partial<Organization>): OrganizationFields {
  return {
    name: from.name ?? '',
    domain: from.domain ?? '',
    website: from.website ?? '',
    industry: from.industry ?? '',
    type: from.type ?? 'prospect',
    employees: from.employees ?? null,
    annual_revenue: from.annual_revenue ?? null,
    phone: from.phone ?? '',
    email: from.email ?? '',
    assigned_user_id: from.assigned_user_id ?? null,
    parent_id: from.parent_id ?? null,
    description: from.description ?? '',
  }
}
