-- Makes the activities of rows $1 < seq <= $2.
insert into public.activities (
  workspace_id, id, type, subject, body, occurred_at, due_on, due_at, done_at, priority, duration_minutes, direction,
  assigned_user_id, contact_id, organization_id, opportunity_id, custom, created_at, created_by, updated_by)
select app.workspace_id(), s.id, coalesce(s.type, case when s.due_on is null then 'note' else 'task' end), coalesce(s.subject, ''),
  s.body, coalesce(s.occurred_at, s.done_at, s.created_at, now()), s.due_on, s.due_at,
  coalesce(s.done_at, case when s.done then coalesce(s.due_at, s.occurred_at, now()) end), coalesce(s.priority, 'normal'),
  s.duration_minutes, s.direction, s.owner_id, s.contact_id, s.organization_id, s.opportunity_id, s.custom,
  coalesce(s.created_at, now()), app.user_id(), app.user_id()
from stage_activities s
where s.action is null and s.seq > $1 and s.seq <= $2
order by s.seq
