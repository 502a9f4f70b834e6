import { createClient, type SupabaseClient } from '@supabase/supabase-js'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startRapport, type Rapport } from '../../server/rapport.ts'
import { agentsOfPipeline, contentHash, expected, figures, sampleFiles } from '../../server/sample.ts'
import { apikey } from '../people.ts'

const workspace = 'Sample House'
let rapport: Rapport
let client: SupabaseClient

beforeAll(async () => {
  rapport = await startRapport({ demo: false })
  client = createClient(rapport.url, apikey, { auth: { persistSession: false, autoRefreshToken: false } })
  const { error } = await client.auth.signUp({
    email: 'ada@example.test', password: 'long-enough-1', options: { data: { full_name: 'Ada Boss', workspace_name: workspace } },
  })
  expect(error).toBeNull()
  // One record that the export also has, and one of our own.
  await client.from('organizations').insert([{ name: 'Cancity', industry: 'ours' }, { name: 'Not in the export', industry: null }])
}, 120_000)
afterAll(() => rapport?.stop())

interface Import { id: string; state: string; error: string | null; questions: unknown[]; problems: { refused: number } }

async function call(path: string, init: RequestInit = {}): Promise<Response> {
  const token = (await client.auth.getSession()).data.session?.access_token
  return fetch(`${rapport.url}/api/imports${path}`, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } })
}

async function settled(id: string): Promise<Import> {
  for (;;) {
    const found = (await (await call(`/${id}`)).json()) as Import
    if (found.state !== 'running' && found.state !== 'undoing') return found
    await new Promise((wake) => setTimeout(wake, 100))
  }
}

async function upload(): Promise<Import> {
  const form = new FormData()
  for (const file of sampleFiles) form.append('files', new Blob([await readFile(file)], { type: 'text/csv' }), basename(file))
  const response = await call('', { method: 'POST', body: form })
  expect(response.status, await response.clone().text()).toBe(201)
  return (await response.json()) as Import
}

// Two organizations were here before; one of them is in the export.
const after = { ...expected, organizations: expected.organizations + 1 }

describe('the sample export', () => {
  it('is imported over HTTP to exactly its figures, and undone to exactly what was there', async () => {
    expect(agentsOfPipeline()).toBeLessThanOrEqual(expected.agents)
    const before = contentHash(rapport.psql)
    const draft = await upload()
    expect(draft.questions).toEqual([])

    await call(`/${draft.id}/dry-run`, { method: 'POST' })
    const tried = await settled(draft.id)
    expect([tried.state, tried.error]).toEqual(['draft', null])
    expect(contentHash(rapport.psql)).toBe(before)

    const started = await call(`/${draft.id}/run`, { method: 'POST' })
    expect(started.status).toBe(202)
    const done = await settled(draft.id)
    expect([done.state, done.error, done.problems.refused]).toEqual(['done', null, 0])
    expect(figures(rapport.psql, workspace)).toEqual({ ...after, agents: agentsOfPipeline() })

    const token = (await client.auth.getSession()).data.session?.access_token
    const metrics = await (await fetch(`${rapport.url}/api/dashboard/metrics`, { headers: { Authorization: `Bearer ${token}` } })).json()
    expect(metrics.totals).toMatchObject({
      won_count: expected.won, lost_count: expected.lost, open_count: expected.engaging + expected.prospecting,
      organizations: after.organizations, opportunities_without_organization: expected.without_organization,
    })
    expect(Number(metrics.totals.won_amount)).toBe(expected.won_amount)

    const undo = await call(`/${draft.id}/undo`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })
    expect(undo.status).toBe(202)
    expect((await settled(draft.id)).state).toBe('undone')
    expect(contentHash(rapport.psql)).toBe(before)
  }, 120_000)

  it('is imported with one command to the same figures, and undone with another', async () => {
    const before = contentHash(rapport.psql)
    const common = ['--data-dir', rapport.dataDir, '--workspace', workspace]
    const done = rapport.run('import', ...common, '--json', ...sampleFiles)
    expect(done.stderr + done.stdout).not.toMatch(/error:/i)
    expect(done.code, done.stderr).toBe(0)
    expect(figures(rapport.psql, workspace)).toEqual({ ...after, agents: agentsOfPipeline() })
    const id = /"import_id":\s*"([0-9a-f-]{36})"/.exec(done.stdout)?.[1] ?? ''
    const undone = rapport.run('import', ...common, '--undo', id)
    expect(undone.code, undone.stderr).toBe(0)
    expect(contentHash(rapport.psql)).toBe(before)
  }, 120_000)
})
