/**
 * The sample export (shared/data/README.md) and what any correct import of it leaves behind.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Psql } from './psql.ts'
import { sampleFolder } from './rapport.ts'

export const sampleFiles = ['accounts.csv', 'products.csv', 'sales_pipeline.csv', 'sales_teams.csv'].map((name) => join(sampleFolder, name))

export const expected = {
  organizations: 85,
  children: 15,
  opportunities: 8_800,
  without_organization: 1_425,
  won: 4_238,
  won_amount: 10_005_534,
  lost: 2_473,
  engaging: 1_589,
  prospecting: 500,
  products: 7,
  agents: 35,
  items: 8_800,
}

/** The figures of a workspace, counted by the database. */
export function figures(psql: Psql, workspace: string): typeof expected {
  const of = (table: string, condition = 'true') =>
    `(select count(*) from public.${table} t where t.workspace_id = w.id and ${condition})`
  const stage = (key: string) =>
    `(select count(*) from public.opportunities t join public.stages s using (workspace_id) where t.workspace_id = w.id and s.id = t.stage_id and s.key = '${key}')`
  return JSON.parse(psql(`
    select json_build_object(
      'organizations', ${of('organizations')},
      'children', ${of('organizations', 'parent_id is not null')},
      'opportunities', ${of('opportunities')},
      'without_organization', ${of('opportunities', 'organization_id is null')},
      'won', ${stage('CLOSED_WON')},
      'won_amount', (select coalesce(sum(amount), 0)::bigint from public.opportunities t where t.workspace_id = w.id and t.status = 'won'),
      'lost', ${stage('CLOSED_LOST')},
      'engaging', (select count(*) from public.opportunities t join public.stages s using (workspace_id)
        where t.workspace_id = w.id and s.id = t.stage_id and s.kind = 'open' and s.key <> 'PROSPECTING'),
      'prospecting', ${stage('PROSPECTING')},
      'products', ${of('products')},
      'agents', (select count(distinct assigned_user_id) from public.opportunities t where t.workspace_id = w.id),
      'items', ${of('opportunity_items', 'product_id is not null')})
    from public.workspaces w where w.name = '${workspace}'`))
}

/** A hash of every table that an import can touch, the users it may invite included. */
export function contentHash(psql: Psql): string {
  const tables = [
    'public.organizations', 'public.contacts', 'public.opportunities', 'public.opportunity_contacts', 'public.products',
    'public.opportunity_items', 'public.activities', 'public.tags', 'public.teams', 'public.memberships', 'public.custom_fields',
    'public.pipelines', 'public.stages', 'auth.users',
  ]
  // When a row was touched is not its content.
  const bare = `(to_jsonb(t) - 'updated_at' - 'updated_by' - 'version' - 'last_sign_in_at')::text`
  const hashes = tables.map((table) => `select '${table}' as name, md5(coalesce(string_agg(${bare}, '' order by ${bare}), '')) as hash from ${table} t`)
  return psql(`select string_agg(name || ' ' || hash, E'\\n' order by name) from (${hashes.join(' union all ')}) all_tables`)
}

/** The sales agents of the pipeline file that the team file does not name count too. */
export function agentsOfPipeline(): number {
  const lines = readFileSync(join(sampleFolder, 'sales_pipeline.csv'), 'utf8').trim().split('\n').slice(1)
  return new Set(lines.map((line) => line.split(',')[1])).size
}
