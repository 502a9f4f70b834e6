// The session as auth-js keeps it in local storage, read without loading auth-js: 18 KB less before the first paint.
//
// Invariant: the key and the shape are those of auth-js; it stays the only writer.

export const STORAGE_KEY = 'sb-rapport-auth-token'

export interface StoredSession {
  access_token: string
  refresh_token: string
  /** Seconds since 1970. */
  expires_at: number
  user: { id: string; email?: string }
}

/** Sooner than this before its end a token counts as spent. */
const MARGIN_SECONDS = 60

export function storedSession(): StoredSession | null {
  try {
    const parsed: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? 'null')
    if (typeof parsed !== 'object' || parsed === null) return null
    const session = parsed as Partial<StoredSession>
    return session.access_token && session.refresh_token && session.user ? (session as StoredSession) : null
  } catch {
    return null
  }
}

export function isFresh(session: StoredSession, nowMs: number = Date.now()): boolean {
  return session.expires_at - MARGIN_SECONDS > nowMs / 1000
}

/** The token to send now; auth-js is fetched only when the stored one is spent. */
export async function accessToken(): Promise<string | null> {
  const session = storedSession()
  if (!session) return null
  if (isFresh(session)) return session.access_token
  const { freshToken } = await import('./auth')
  return freshToken()
}
