// The data API by the official client. `rows`, `page` and `one` turn its result objects into values or an ApiError.
//
//   const open = await rows<Opportunity>(db.from('opportunities').select('*').eq('status', 'open').limit(100))
import { PostgrestClient } from '@supabase/postgrest-js'
import { ApiError, errorFromBody } from './error'
import type { RowId, TableName, Tables } from './records'
import { sessionFetch } from './transport'

export const db = new PostgrestClient(`${location.origin}/rest/v1`, { fetch: sessionFetch })

interface Answer {
  data: unknown
  error: unknown
  count: number | null
  status: number
}

/** A stretch of a list; `count` is an estimate unless it was asked for exactly. */
export interface Page<R> {
  rows: R[]
  count: number | null
}

async function answered(request: PromiseLike<Answer>): Promise<Answer> {
  const answer = await request
  if (!answer.error) return answer
  if (answer.status === 0) {
    const words = JSON.stringify(answer.error)
    if (words.includes('AbortError')) throw new ApiError('aborted', 'Given up.')
    throw new ApiError('offline', 'Rapport cannot be reached. Check your connection.')
  }
  throw errorFromBody(answer.error, answer.status)
}

/** All rows of an answer. */
export async function rows<R>(request: PromiseLike<Answer>): Promise<R[]> {
  const { data } = await answered(request)
  return (Array.isArray(data) ? data : []) as R[]
}

/** The rows of an answer with the count it carries. */
export async function page<R>(request: PromiseLike<Answer>): Promise<Page<R>> {
  const { data, count } = await answered(request)
  return { rows: (Array.isArray(data) ? data : []) as R[], count: count === null || Number.isNaN(count) ? null : count }
}

/** The only row of an answer (use `.single()` or `.maybeSingle()`); null when there is none. */
export async function one<R>(request: PromiseLike<Answer>): Promise<R | null> {
  const { data } = await answered(request)
  return (data ?? null) as R | null
}

/** What may be sent of a row: never what the database keeps itself. */
export type Draft<T extends TableName> = Partial<
  Omit<Tables[T], 'version' | 'created_at' | 'updated_at' | 'created_by' | 'updated_by'>
>

// The client is used without a generated schema: `Draft` is what checks the fields, hence `as never` towards it.

/** Makes a row and returns it whole. */
export async function insertRow<T extends TableName>(table: T, draft: Draft<T>): Promise<Tables[T]> {
  const made = await one<Tables[T]>(db.from(table).insert(draft as never).select('*').single())
  if (!made) throw new ApiError('unexpected', 'The server made no row.')
  return made
}

/** Changes one row and returns it whole. A row that is gone, or that the caller may not change, is an error. */
export async function updateRow<T extends TableName>(table: T, id: RowId, patch: Draft<T>): Promise<Tables[T]> {
  const changed = await rows<Tables[T]>(db.from(table).update(patch as never).eq('id', id).select('*'))
  const [row] = changed
  if (!row) throw new ApiError('not_found', 'This record is gone, or your role does not allow the change.')
  return row
}
