-- Fills every non-blank cell into the activities that exist.
update public.activities o
set subject = coalesce(s.subject, o.subject), body = coalesce(s.body, o.body), due_on = coalesce(s.due_on, o.due_on),
    due_at = coalesce(s.due_at, o.due_at), done_at = coalesce(s.done_at, o.done_at), priority = coalesce(s.priority, o.priority),
    duration_minutes = coalesce(s.duration_minutes, o.duration_minutes), direction = coalesce(s.direction, o.direction),
    assigned_user_id = coalesce(s.owner_id, o.assigned_user_id), contact_id = coalesce(s.contact_id, o.contact_id),
    organization_id = coalesce(s.organization_id, o.organization_id), opportunity_id = coalesce(s.opportunity_id, o.opportunity_id),
    custom = o.custom || s.custom, updated_by = app.user_id()
from (select distinct on (target_id) * from stage_activities where action = 'match' and duplicates = 'update' order by target_id, seq desc) s
where o.workspace_id = app.workspace_id() and o.id = s.target_id
