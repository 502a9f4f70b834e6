/**
 * The tenancy proof that runs after every test: what the test asked for is asked again by somebody of another workspace.
 *
 * In: the HTTP exchanges of a test, the outsider's token.
 * Out: an error when an answer holds anything of the test's workspace, or when the workspace has changed.
 */
import { expect, inject } from 'vitest'
import { psqlOf } from '../server/psql.ts'
import { tokenOf } from './people.ts'

export interface Exchange {
  method: string
  url: string
  headers: Headers
  body: string | undefined
  ok: boolean
  answer: string
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const reads = new Set(['GET', 'HEAD'])
/** What the outsider may have made by repeating an insert; taken away again after each proof. */
const recordTables = ['activities', 'opportunity_items', 'opportunities', 'contacts', 'organizations', 'products', 'tags', 'teams']

/** A fetch that remembers what went through it. */
export function recorder() {
  const exchanges: Exchange[] = []
  const through: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const body = init?.body === undefined || init.body === null ? undefined : String(init.body)
    const response = await fetch(request)
    const answer = await response.clone().text()
    exchanges.push({ method: request.method, url: request.url, headers: request.headers, body, ok: response.ok, answer })
    return response
  }
  return { exchanges, through }
}

/** Repeats the exchanges as the outsider, reads first, and proves that nothing came out and nothing went in. */
export async function outsiderGetsNothing(exchanges: Exchange[]) {
  const { dataDir, workspaceId, outsiderWorkspaceId } = inject('rapport')
  const data = exchanges.filter(({ url }) => url.includes('/rest/v1/') || url.includes('/api/'))
  if (data.length === 0) return
  const psql = psqlOf(dataDir)
  const inside = new Set(data.filter(({ ok }) => ok).flatMap(({ answer }) => answer.match(uuid) ?? []))
  const before = psql(contentOf(workspaceId))
  const token = await tokenOf('outsider')

  const ordered = [...data.filter(({ method }) => reads.has(method)), ...data.filter(({ method }) => !reads.has(method))]
  for (const { method, url, headers, body } of ordered) {
    const theirs = new Headers(headers)
    theirs.set('Authorization', `Bearer ${token}`)
    const response = await fetch(url, { method, headers: theirs, body })
    const answer = await response.text()
    if (!response.ok || method === 'POST') continue
    const leaked = (answer.match(uuid) ?? []).filter((id) => inside.has(id) || id === workspaceId)
    expect(leaked, `${method} ${url} tells an outsider`).toEqual([])
    // What the outsider's own repeated insert has made may be counted for a write; an estimate is not a count.
    const counted = reads.has(method) && headers.get('prefer')?.includes('count=exact')
    const total = response.headers.get('content-range')?.split('/')[1]
    if (counted && isRecordTable(url)) expect(['*', '0', undefined], `${method} ${url} counts for an outsider`).toContain(total)
  }
  expect(psql(contentOf(workspaceId)), 'an outsider changed the workspace').toBe(before)
  psql(recordTables.map((table) => `delete from public.${table} where workspace_id = '${outsiderWorkspaceId}'`).join(';'))
}

function isRecordTable(url: string): boolean {
  const table = new URL(url).pathname.split('/').at(-1) ?? ''
  return recordTables.includes(table)
}

// One hash over every row of a workspace.
function contentOf(workspaceId: string): string {
  const tables = [...recordTables, 'memberships', 'pipelines', 'stages', 'opportunity_contacts', 'custom_fields', 'imports']
  const rows = tables.map(
    (table) => `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as hash from public.${table} t where workspace_id = '${workspaceId}'`,
  )
  return `select md5(string_agg(hash, '')) from (${rows.join(' union all ')}) all_tables`
}
