/**
 * One server for the whole suite, with two workspaces in it: Demo, and one whose owner must never see anything of Demo.
 */
import type { TestProject } from 'vitest/node'
import { startRapport, password, type Rapport } from '../server/rapport.ts'

declare module 'vitest' {
  interface ProvidedContext {
    rapport: { url: string; dataDir: string; workspaceId: string; outsiderWorkspaceId: string }
  }
}

export const outsiderEmail = 'outsider@elsewhere.test'

export default async function setup(project: TestProject) {
  const rapport = await startRapport()
  try {
    const workspaceId = rapport.psql(`select id from public.workspaces where name = 'Demo'`)
    const outsiderWorkspaceId = makeOutsider(rapport)
    project.provide('rapport', { url: rapport.url, dataDir: rapport.dataDir, workspaceId, outsiderWorkspaceId })
  } catch (error) {
    await rapport.stop()
    throw error
  }
  return () => rapport.stop()
}

// A second tenant with the same password (its hash is copied) and the same default pipeline.
function makeOutsider({ psql }: Rapport): string {
  void password
  return psql(`
    with tenant as (insert into public.workspaces (name) values ('Elsewhere') returning id),
    person as (
      insert into auth.users (email, encrypted_password, email_confirmed_at, current_workspace_id)
      select '${outsiderEmail}', (select encrypted_password from auth.users where email = 'owner@rapport.test'), now(), id
      from tenant
      returning id, current_workspace_id),
    member as (
      insert into public.memberships (workspace_id, user_id, role, full_name, email)
      select current_workspace_id, id, 'owner', 'Olga Outside', '${outsiderEmail}' from person returning workspace_id),
    pipeline as (
      insert into public.pipelines (workspace_id, name, is_default) select workspace_id, 'Sales', true from member
      returning workspace_id, id),
    stage as (
      insert into public.stages (workspace_id, pipeline_id, key, name, position, probability_percent, kind)
      select p.workspace_id, p.id, s.key, s.name, s.position, s.probability_percent, s.kind
      from pipeline p
      cross join public.stages s
      join public.workspaces w on w.id = s.workspace_id and w.name = 'Demo')
    select id from tenant`)
}
