// Domain endpoints under /api: JSON in, JSON out, problem+json as ApiError.
import { ApiError, errorFromBody, errorFromThrown } from './error'
import { sessionFetch } from './transport'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

interface CallOptions {
  /** A plain value goes as JSON, FormData as multipart. */
  body?: unknown
  signal?: AbortSignal
}

/** `call<Metrics>('GET', '/api/dashboard/metrics')`. */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const { body, signal } = options
  const asIs = body instanceof FormData
  let response: Response
  try {
    response = await sessionFetch(path, {
      method,
      ...(signal ? { signal } : {}),
      ...(body === undefined ? {} : { body: asIs ? body : JSON.stringify(body) }),
      headers: { accept: 'application/json', ...(body === undefined || asIs ? {} : { 'content-type': 'application/json' }) },
    })
  } catch (thrown) {
    throw errorFromThrown(thrown)
  }
  const said: unknown = await response.json().catch(() => null)
  if (!response.ok) throw errorFromBody(said, response.status)
  if (said === null && response.status !== 204 && response.status !== 202) {
    throw new ApiError('unexpected', 'The server answered in a way this page does not understand.', null, response.status)
  }
  return said as T
}
