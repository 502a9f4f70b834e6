// One error for every failed call, whichever dialect the server answered in.
//
// In: a data API error, a problem+json body, a thrown fetch error. Out: an ApiError a form can show beside its field.

/** A call that failed. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The field that caused it, when one did. */
    readonly field: string | null = null,
    readonly status: number = 0,
  ) {
    super(message)
    this.name = 'ApiError'
  }

  /** Given up on by us: nothing to tell anybody. */
  get aborted(): boolean {
    return this.code === 'aborted'
  }

  /** The server could not be reached. */
  get offline(): boolean {
    return this.code === 'offline'
  }
}

/** What a broken constraint means to the person at the form. */
const CONSTRAINTS: Record<string, [field: string, message: string]> = {
  contacts_email_key: ['email', 'Another contact already has this email address.'],
  contacts_email_looks_right: ['email', 'This does not look like an email address.'],
  contacts_have_a_name: ['last_name', 'A contact needs a name or an email address.'],
  organizations_name_not_blank: ['name', 'An organization needs a name.'],
  organizations_employees_not_negative: ['employees', 'This cannot be negative.'],
  organizations_not_its_own_parent: ['parent_id', 'An organization cannot be its own parent.'],
  opportunities_name_not_blank: ['name', 'An opportunity needs a name.'],
  opportunities_amount_not_negative: ['amount', 'The amount cannot be negative.'],
  opportunities_probability_is_percent: ['probability_percent', 'This is a percentage from 0 to 100.'],
  activities_say_something: ['subject', 'Write a subject or a text.'],
  tags_name_key: ['name', 'There is already a tag of this name.'],
  products_code_key: ['code', 'Another product already has this code.'],
  memberships_keep_one_owner: ['role', 'A workspace needs at least one owner.'],
}

const WORDS_BY_CODE: Record<string, string> = {
  '42501': 'Your role does not allow this.',
  '23503': 'The linked record no longer exists.',
  '57014': 'This took too long and was stopped.',
  PGRST116: 'This record does not exist, or you may not see it.',
  PGRST302: 'Please sign in again.',
  PGRST301: 'Please sign in again.',
  PGRST303: 'Please sign in again.',
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The column a database error speaks about: by constraint, by `column "x"`, by `Key (x)=`. */
function constraintOf(words: string): string | undefined {
  return /constraint "([^"]+)"/.exec(words)?.[1]
}

function columnOf(words: string): string | undefined {
  const named = /column "([^"]+)"/.exec(words)?.[1] ?? /Key \((.+?)\)=\(/.exec(words)?.[1]
  return named
    ?.split(',')
    .map((part) => part.trim().replace(/^lower\((.+)\)$/, '$1').replace(/::\w+$/, ''))
    .find((part) => part !== 'workspace_id')
}

/** Turns the JSON body of a failed response into an ApiError. */
export function errorFromBody(body: unknown, status: number): ApiError {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const code = text(given.code) || text(given.error_code) || `http_${status}`
  const message =
    text(given.detail) || text(given.message) || text(given.msg) || text(given.error_description) || text(given.title)
  const words = `${message} ${text(given.details)}`
  const constraint = constraintOf(words)
  const known = constraint ? CONSTRAINTS[constraint] : undefined
  const field = text(given.field) || known?.[0] || columnOf(words) || null
  const said =
    known?.[1] ??
    (code === '23502' ? 'This is required.' : code === '22P02' || code === '22007' ? 'This value is not understood.' : undefined) ??
    WORDS_BY_CODE[code] ??
    (message || (status >= 500 ? 'The server had a problem. Please try again.' : `The request failed (${status}).`))
  return new ApiError(code, said, field, status)
}

/** Turns anything thrown by a call into an ApiError. */
export function errorFromThrown(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  const name = thrown instanceof Error ? thrown.name : ''
  if (name === 'AbortError') return new ApiError('aborted', 'Given up.')
  if (thrown instanceof TypeError) return new ApiError('offline', 'Rapport cannot be reached. Check your connection.')
  return new ApiError('unexpected', thrown instanceof Error ? thrown.message : 'Something went wrong.')
}
