import { describe, expect, test } from '../suite.ts'
import { anonymous, clientOf, emailOf, signedIn } from '../people.ts'
import { password } from '../../server/rapport.ts'

describe('sign-in', () => {
  test('with a password gives a session and the user', async () => {
    const { data, error } = await anonymous().auth.signInWithPassword({ email: emailOf('seller'), password })
    expect(error).toBeNull()
    expect(data.session).toMatchObject({ token_type: 'bearer', expires_in: expect.any(Number), refresh_token: expect.any(String) })
    expect(data.user).toMatchObject({ email: emailOf('seller'), role: 'authenticated', aud: 'authenticated' })
    expect(data.user?.identities?.[0]?.provider).toBe('email')
  })

  test('does not care how the address is written', async () => {
    const { error } = await anonymous().auth.signInWithPassword({ email: 'Seller@Rapport.Test', password })
    expect(error).toBeNull()
  })

  test('tells a wrong password and an unknown user apart from nothing', async () => {
    for (const email of [emailOf('seller'), 'nobody@rapport.test']) {
      const { data, error } = await anonymous().auth.signInWithPassword({ email, password: 'wrong-password' })
      expect(data.session).toBeNull()
      expect(error).toMatchObject({ status: 400, code: 'invalid_credentials', message: 'Invalid login credentials' })
    }
  })

  test('without an address is refused', async () => {
    const { error } = await anonymous().auth.signInWithPassword({ email: '', password: 'x' })
    expect(error).toMatchObject({ status: 400, code: 'validation_failed' })
  })
})

describe('sign-up', () => {
  test('of an address that exists is refused', async () => {
    const { data, error } = await anonymous().auth.signUp({ email: emailOf('seller'), password: 'long-enough-1' })
    expect(data.session).toBeNull()
    expect(error?.status).toBe(422)
    expect(['user_already_exists', 'signup_disabled']).toContain(error?.code)
  })

  test('joins nobody’s workspace', async ({ psql }) => {
    const email = `new.${crypto.randomUUID()}@example.test`
    const client = anonymous()
    const { data, error } = await client.auth.signUp({ email, password: 'long-enough-1', options: { data: { full_name: 'New One' } } })
    if (error) {
      expect([error.status, error.code]).toEqual([422, 'signup_disabled'])
      expect(psql(`select count(*) from auth.users where email = '${email}'`)).toBe('0')
      return
    }
    expect(data.user?.email).toBe(email)
    const { data: seen } = await client.from('contacts').select('id').limit(1)
    expect(seen ?? []).toEqual([])
  })
})

describe('the user', () => {
  test('is who signed in', async () => {
    const client = await signedIn('seller')
    const { data, error } = await client.auth.getUser()
    expect(error).toBeNull()
    expect(data.user?.email).toBe(emailOf('seller'))
  })

  test('changes what the app keeps about them; null takes a key away', async () => {
    const client = await signedIn('seller')
    const first = await client.auth.updateUser({ data: { theme: 'dark', size: 3 } })
    expect(first.error).toBeNull()
    expect(first.data.user?.user_metadata).toMatchObject({ theme: 'dark', size: 3 })
    const second = await client.auth.updateUser({ data: { theme: null } })
    expect(second.data.user?.user_metadata).not.toHaveProperty('theme')
    expect(second.data.user?.user_metadata).toMatchObject({ size: 3 })
  })

  test('changes the password, and must choose a new and long one', async () => {
    const client = await signedIn('manager')
    const same = await client.auth.updateUser({ password })
    expect(same.error).toMatchObject({ status: 422, code: 'same_password' })
    const weak = await client.auth.updateUser({ password: 'abc' })
    expect(weak.error).toMatchObject({ status: 422, code: 'weak_password' })
    const changed = await client.auth.updateUser({ password: 'another-password-9' })
    expect(changed.error).toBeNull()
    const old = await anonymous().auth.signInWithPassword({ email: emailOf('manager'), password })
    expect(old.error?.code).toBe('invalid_credentials')
    const back = await client.auth.updateUser({ password })
    expect(back.error).toBeNull()
  })

  test('is not told to somebody with a broken token', async () => {
    const { error } = await anonymous().auth.getUser('not.a.token')
    expect(error).toMatchObject({ status: 403, code: 'bad_jwt' })
  })

  test('claims come back from the server for a symmetric key', async () => {
    const client = await signedIn('seller')
    const { data, error } = await client.auth.getClaims()
    expect(error).toBeNull()
    expect(data?.claims).toMatchObject({ email: emailOf('seller'), role: 'authenticated', aal: 'aal1' })
    expect(data?.claims.session_id).toBeTruthy()
  })
})

describe('refresh', () => {
  test('gives a new pair, and the new token works', async () => {
    const client = await signedIn('seller')
    const before = (await client.auth.getSession()).data.session
    const { data, error } = await client.auth.refreshSession()
    expect(error).toBeNull()
    expect(data.session?.refresh_token).not.toBe(before?.refresh_token)
    expect((await client.auth.getUser()).error).toBeNull()
  })

  test('forgives a token used twice at once', async () => {
    const client = await signedIn('seller')
    const refresh_token = (await client.auth.getSession()).data.session?.refresh_token ?? ''
    const twice = await Promise.all([anonymous().auth.refreshSession({ refresh_token }), anonymous().auth.refreshSession({ refresh_token })])
    expect(twice.map(({ error }) => error)).toEqual([null, null])
  })

  test('takes an old token as theft and ends the session', async ({ psql }) => {
    const client = await signedIn('seller')
    const stolen = (await client.auth.getSession()).data.session?.refresh_token ?? ''
    await client.auth.refreshSession()
    await client.auth.refreshSession()
    // Beyond the seconds in which a repeat is forgiven.
    psql(`update auth.refresh_tokens set revoked_at = revoked_at - interval '1 hour' where revoked_at is not null`)
    const { error } = await anonymous().auth.refreshSession({ refresh_token: stolen })
    expect(error).toMatchObject({ status: 400, code: 'refresh_token_already_used' })
    const now = await client.auth.refreshSession()
    expect(now.error).not.toBeNull()
  })

  test('of an unknown token is refused', async () => {
    const { error } = await anonymous().auth.refreshSession({ refresh_token: 'unknown' })
    expect(error).toMatchObject({ status: 400, code: 'refresh_token_not_found' })
  })
})

describe('sign-out', () => {
  test('here leaves the other sessions alone', async () => {
    const [here, there] = [await signedIn('seller'), await signedIn('seller')]
    const token = (await here.auth.getSession()).data.session?.access_token ?? ''
    expect((await here.auth.signOut({ scope: 'local' })).error).toBeNull()
    expect((await anonymous().auth.getUser(token)).error?.name).toBe('AuthSessionMissingError')
    expect((await there.auth.getUser()).error).toBeNull()
  })

  test('of the others leaves this one alone', async () => {
    const [here, there] = [await signedIn('viewer'), await signedIn('viewer')]
    const token = (await there.auth.getSession()).data.session?.access_token ?? ''
    expect((await here.auth.signOut({ scope: 'others' })).error).toBeNull()
    expect((await here.auth.getUser()).error).toBeNull()
    expect((await anonymous().auth.getUser(token)).error?.name).toBe('AuthSessionMissingError')
  })

  test('everywhere ends every session, for the data API too', async () => {
    const [here, there] = [await signedIn('manager'), await signedIn('manager')]
    expect((await there.from('contacts').select('id').limit(1)).error).toBeNull()
    expect((await here.auth.signOut({ scope: 'global' })).error).toBeNull()
    await expect.poll(async () => (await there.from('contacts').select('id').limit(1)).status, { timeout: 8_000 }).toBe(401)
  })
})

describe('workspaces', () => {
  test('a member of another one sees none of ours', async ({ mine }) => {
    const ours = await mine.from('memberships').select('email').order('email')
    const theirs = await (await clientOf('outsider')).from('memberships').select('email')
    expect(ours.data?.map(({ email }) => email)).toContain(emailOf('owner'))
    expect(theirs.data).toEqual([{ email: emailOf('outsider') }])
  })
})
