-- Notes, calls, mails, meetings and tasks; days and hours count from now. $1 workspace_id, $2 records.
insert into public.activities (
  workspace_id, id, type, subject, body, occurred_at, due_on, due_at, done_at, priority, duration_minutes, direction,
  assigned_user_id, contact_id, organization_id, opportunity_id, created_at, created_by, updated_by)
select $1, md5($1::uuid::text || 'activity' || r.key)::uuid, r.type, r.subject, r.body, at.happened, current_date + r.due_in,
  case when r.due_hour is not null then (current_date + r.due_in + make_interval(hours => r.due_hour)) at time zone 'Europe/Berlin' end,
  case when r.done_ago is not null then now() - make_interval(days => r.done_ago) end, coalesce(r.priority, 'normal'), r.minutes,
  r.direction, m.user_id, case when r.contact is not null then md5($1::uuid::text || 'contact' || r.contact)::uuid end,
  case when r.organization is not null then md5($1::uuid::text || 'organization' || r.organization)::uuid end,
  case when r.opportunity is not null then md5($1::uuid::text || 'opportunity' || r.opportunity)::uuid end,
  least(at.happened, now()), m.user_id, m.user_id
from jsonb_to_recordset($2::jsonb -> 'activities') as r (
  key text, type text, subject text, body text, days_ago numeric, due_in integer, due_hour integer, done_ago integer, priority text,
  minutes integer, direction text, owner text, contact text, organization text, opportunity text)
cross join lateral (select now() - make_interval(secs => r.days_ago::double precision * 86400) as happened) at
left join public.memberships m on m.workspace_id = $1 and m.email = r.owner || '@rapport.test'
order by r.days_ago desc
