// Every request to the server goes through here: it adds the session, renews it once when refused, and notices when
// the server cannot be reached.
import { readonly, ref } from 'vue'
import { accessToken } from './stored-session'

const unreachable = ref(false)

/** True while the last request did not reach the server. */
export const serverUnreachable = readonly(unreachable)

let sessionOver: () => void = () => {}

/** Names who is told when the server no longer accepts our session. */
export function onSessionOver(told: () => void): void {
  sessionOver = told
}

async function attempt(input: RequestInfo | URL, init: RequestInit, token: string | null): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('apikey', 'rapport')
  if (token) headers.set('authorization', `Bearer ${token}`)
  try {
    const response = await fetch(input, { ...init, headers })
    unreachable.value = false
    return response
  } catch (thrown) {
    if (thrown instanceof TypeError) unreachable.value = true
    throw thrown
  }
}

/** `fetch` with the caller's session. */
export async function sessionFetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const response = await attempt(input, init, await accessToken())
  if (response.status !== 401) return response
  const { renewedToken } = await import('./auth')
  const token = await renewedToken()
  if (!token) {
    sessionOver()
    return response
  }
  const again = await attempt(input, init, token)
  if (again.status === 401) sessionOver()
  return again
}
