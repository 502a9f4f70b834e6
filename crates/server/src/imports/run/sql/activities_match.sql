-- Activities that exist, where the source has no id of its own: the same type, subject, time and record.
update stage_activities s
set action = 'match', target_id = o.id
from public.activities o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and s.external_id is null and o.type = coalesce(s.type, case when s.due_on is null then 'note' else 'task' end)
  and o.subject = coalesce(s.subject, '') and o.body is not distinct from s.body
  and (s.occurred_at is null or o.occurred_at = s.occurred_at) and o.due_on is not distinct from s.due_on
  and o.contact_id is not distinct from s.contact_id and o.organization_id is not distinct from s.organization_id
  and o.opportunity_id is not distinct from s.opportunity_id
