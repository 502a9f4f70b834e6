// The fields of a contact's form and what is checked before they are sent.
import { array, email, forward, nullable, object, optional, partialCheck, pipe, string, transform, trim, union, literal, boolean } from 'valibot'
import type { Contact } from '@/api/records'

const text = pipe(string(), trim())
/** Text that is stored as nothing when empty. */
const textOrNull = pipe(
  optional(nullable(string()), ''),
  transform((value) => value?.trim() || null),
)
const address = pipe(text, email('This does not look like an email address.'))
const addressOrNull = pipe(
  union([pipe(text, literal('')), address], 'This does not look like an email address.'),
  transform((value) => value || null),
)
const labelled = pipe(
  array(object({ label: string(), value: text })),
  transform((entries) => entries.filter((entry) => entry.value)),
)

export const contactSchema = pipe(
  object({
    first_name: text,
    last_name: text,
    email: addressOrNull,
    job_title: textOrNull,
    organization_id: nullable(string()),
    assigned_user_id: nullable(string()),
    phones: labelled,
    source: textOrNull,
    description: textOrNull,
    do_not_contact: optional(boolean(), false),
  }),
  forward(
    partialCheck(
      [['first_name'], ['last_name'], ['email']],
      (contact) => Boolean(contact.first_name || contact.last_name || contact.email),
      'Enter a name or an email address.',
    ),
    ['first_name'],
  ),
)

export interface ContactFields {
  first_name: string
  last_name: string
  email: string
  job_title: string
  organization_id: string | null
  assigned_user_id: string | null
  phones: { label: string; value: string }[]
  source: string
  description: string
  do_not_contact: boolean
}

/** The form's fields from a contact, or from what a new one starts with. */
export function contactFields(from: Partial<Contact>): ContactFields {
  return {
    first_name: from.first_name ?? '',
    last_name: from.last_name ?? '',
    email: from.email ?? '',
    job_title: from.job_title ?? '',
    organization_id: from.organization_id ?? null,
    assigned_user_id: from.assigned_user_id ?? null,
    phones: (from.phones ?? []).map((phone) => ({ ...phone })),
    source: from.source ?? '',
    description: from.description ?? '',
    do_not_contact: from.do_not_contact ?? false,
  }
}
