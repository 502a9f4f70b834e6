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

const WORDS_BY_CODE: Record<string, string> = {
  '42501': 'Your role does not allow this.',
  '23503': 'The linked record no longer exists.',
  '23502': 'This is required.',
  '22P02': 'This value is not understood.',
  '22007': 'This value is not understood.',
  '57014': 'This took too long and was stopped.',
  PGRST116: 'This record does not exist, or you may not see it.',
  PGRST302: 'Please sign in again.',
  PGRST301: 'Please sign in again.',
  PGRST303: 'Please sign in again.',
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** A hint of the form `column: words` names the field and says what is expected of it. */
const FIELD_HINT = /^([a-z][a-z0-9_]*): (.+)$/

/** Turns the JSON body of a failed response into an ApiError. */
export function errorFromBody(body: unknown, status: number): ApiError {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>
  const code = text(given.code) || text(given.error_code) || `http_${status}`
  const hint = FIELD_HINT.exec(text(given.hint))
  const message =
    text(given.detail) || text(given.message) || text(given.msg) || text(given.error_description) || text(given.title)
  const column = /column "([^"]+)"/.exec(message)?.[1]
  const field = text(given.field) || hint?.[1] || column || null
  const said = (hint && `${hint[2]}.`) || WORDS_BY_CODE[code] || message
  return new ApiError(code, said || (status >= 500 ? 'The server had a problem. Please try again.' : `The request failed (${status}).`), field, status)
}

/** Turns anything thrown by a call into an ApiError. */
export function errorFromThrown(thrown: unknown): ApiError {
  if (thrown instanceof ApiError) return thrown
  const name = thrown instanceof Error ? thrown.name : ''
  if (name === 'AbortError') return new ApiError('aborted', 'Given up.')
  if (thrown instanceof TypeError) return new ApiError('offline', 'Rapport cannot be reached. Check your connection.')
  return new ApiError('unexpected', thrown instanceof Error ? thrown.message : 'Something went wrong.')
}
