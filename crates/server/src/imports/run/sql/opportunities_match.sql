-- Opportunities that exist, where the source has no id of its own: by name and organization.
update stage_opportunities s
set action = 'match', target_id = o.id
from public.opportunities o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and s.external_id is null and lower(o.name) = lower(s.name) and o.organization_id is not distinct from s.organization_id
