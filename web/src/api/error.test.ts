import { describe, expect, it } from 'vitest'
import { errorFromBody, errorFromThrown } from './error'

describe('errors of the server', () => {
  const cases: [what: string, body: unknown, status: number, expected: { code: string; field: string | null }][] = [
    [
      'a taken address',
      { code: '23505', message: 'duplicate key value violates unique constraint "contacts_email_key"', details: 'Key (workspace_id, lower(email))=(x, a@b.c) already exists.', hint: 'email: Another contact has this address already' },
      409,
      { code: '23505', field: 'email' },
    ],
    ['a missing value', { code: '23502', message: 'null value in column "name" of relation "organizations" violates not-null constraint' }, 400, { code: '23502', field: 'name' }],
    ['a problem with a field', { type: 'about:blank', title: 'Bad Request', status: 400, detail: 'No such role', code: 'invalid', field: 'role' }, 400, { code: 'invalid', field: 'role' }],
    ['a hint that is none of ours', { code: '42703', message: 'no such thing', hint: 'Perhaps you meant the column "name".' }, 400, { code: '42703', field: null }],
    ['an auth error', { code: 'invalid_credentials', message: 'Invalid login credentials' }, 400, { code: 'invalid_credentials', field: null }],
    ['a body that is no JSON', null, 502, { code: 'http_502', field: null }],
  ]
  it.each(cases)('name code and field of %s', (_, body, status, expected) => {
    const error = errorFromBody(body, status)
    expect({ code: error.code, field: error.field }).toEqual(expected)
    expect(error.message).not.toBe('')
  })

  it('say what a broken constraint means', () => {
    const error = errorFromBody({ code: '23505', message: 'violates unique constraint', hint: 'email: Another contact has this address already' }, 409)
    expect(error.message).toBe('Another contact has this address already.')
  })

  it('tell no network from our own giving up', () => {
    expect(errorFromThrown(new TypeError('Failed to fetch')).offline).toBe(true)
    expect(errorFromThrown(new DOMException('', 'AbortError')).aborted).toBe(true)
  })
})
