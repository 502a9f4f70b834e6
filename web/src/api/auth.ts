// Sign-in, sign-up, refresh and sign-out by the official client. Loaded on demand: on the sign-in page, when a token is
// spent, and at idle to keep it fresh.
import { GoTrueClient, type AuthError } from '@supabase/auth-js'
import { ApiError } from './error'
import { STORAGE_KEY } from './stored-session'

const client = new GoTrueClient({
  url: `${location.origin}/auth/v1`,
  headers: { apikey: 'rapport' },
  storageKey: STORAGE_KEY,
  autoRefreshToken: true,
  persistSession: true,
  detectSessionInUrl: false,
})

const FIELD_BY_CODE: Record<string, string> = {
  weak_password: 'password',
  same_password: 'password',
  user_already_exists: 'email',
  email_exists: 'email',
  email_address_invalid: 'email',
}

const WORDS_BY_CODE: Record<string, string> = {
  invalid_credentials: 'The email address or the password is not right.',
  otp_expired: 'This link has been used already, or it is too old. Ask for a new one.',
  email_exists: 'There is already an account with this email address.',
  user_already_exists: 'There is already an account with this email address.',
  over_request_rate_limit: 'Too many attempts. Please wait a moment.',
}

function fail(error: AuthError): never {
  if (error.name === 'AuthRetryableFetchError') {
    throw new ApiError('offline', 'Rapport cannot be reached. Check your connection.')
  }
  const code = error.code ?? 'auth'
  throw new ApiError(code, WORDS_BY_CODE[code] ?? error.message, FIELD_BY_CODE[code] ?? null, error.status ?? 0)
}

export async function signIn(email: string, password: string): Promise<void> {
  const { error } = await client.signInWithPassword({ email, password })
  if (error) fail(error)
}

/** The first user of an installation also names its workspace. */
export async function signUp(input: { email: string; password: string; fullName: string; workspace?: string }): Promise<void> {
  const { email, password, fullName, workspace } = input
  const data = { full_name: fullName, ...(workspace ? { workspace_name: workspace } : {}) }
  const { error } = await client.signUp({ email, password, options: { data } })
  if (error) fail(error)
}

/** Signs in by the token of a link, which works once; tells the address of the account, if it has one yet. */
export async function openLink(type: 'invite' | 'recovery', token: string): Promise<string | null> {
  const { data, error } = await client.verifyOtp({ type, token_hash: token })
  if (error) fail(error)
  return data.user?.email || null
}

/** Completes the account that an invitation made. */
export async function completeAccount(input: { password: string; fullName: string; email?: string }): Promise<void> {
  const { password, fullName, email } = input
  const data = fullName ? { full_name: fullName } : {}
  const { error } = await client.updateUser({ password, data, ...(email ? { email } : {}) })
  if (error) fail(error)
}

export async function changePassword(password: string): Promise<void> {
  const { error } = await client.updateUser({ password })
  if (error) fail(error)
}

/** Changes the name that colleagues see. */
export async function changeName(fullName: string): Promise<void> {
  const { error } = await client.updateUser({ data: { full_name: fullName } })
  if (error) fail(error)
}

/** Ends this session; the browser forgets it even when the server cannot be reached. */
export async function signOut(): Promise<void> {
  await client.signOut({ scope: 'local' })
  localStorage.removeItem(STORAGE_KEY)
}

/** A token that is valid for a while, refreshed when needed; null when the session is over. */
export async function freshToken(): Promise<string | null> {
  const { data, error } = await client.getSession()
  if (error) return null
  return data.session?.access_token ?? null
}

/** Refreshes at once: the server has refused the token we hold. */
export async function renewedToken(): Promise<string | null> {
  const { data, error } = await client.refreshSession()
  return error ? null : (data.session?.access_token ?? null)
}

/** Calls back whenever the session changes, also from another tab. */
export function onSessionChange(changed: (event: string, token: string | null) => void): () => void {
  const { data } = client.onAuthStateChange((event, session) => changed(event, session?.access_token ?? null))
  return () => data.subscription.unsubscribe()
}
