-- A workspace with its default pipeline.
-- $1 name text, $2 currency text, $3 timezone text, $4 created_by uuid or null; one row.
with workspace as (
  insert into public.workspaces (name, currency, timezone)
  values ($1, $2, $3)
  returning id
),
pipeline as (
  insert into public.pipelines (workspace_id, name, position, is_default, created_by, updated_by)
  select workspace.id, 'Sales', 0, true, $4::uuid, $4::uuid
  from workspace
  returning workspace_id, id
),
stage as (
  insert into public.stages (workspace_id, pipeline_id, key, name, probability_percent, position, kind, created_by, updated_by)
  select pipeline.workspace_id, pipeline.id, s.key, s.name, s.probability_percent, s.position, s.kind, $4::uuid, $4::uuid
  from pipeline
  cross join (
    values
      ('PROSPECTING', 'Prospecting', 10, 0, 'open'),
      ('QUALIFICATION', 'Qualification', 20, 1, 'open'),
      ('PROPOSAL', 'Proposal', 50, 2, 'open'),
      ('NEGOTIATION', 'Negotiation', 80, 3, 'open'),
      ('CLOSED_WON', 'Won', 100, 4, 'won'),
      ('CLOSED_LOST', 'Lost', 0, 5, 'lost')
  ) as s (key, name, probability_percent, position, kind)
)
select workspace.id
from workspace
