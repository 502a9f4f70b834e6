-- Makes the contacts of rows $1 < seq <= $2.
insert into public.contacts (
  workspace_id, id, first_name, last_name, email, other_emails, phones, job_title, organization_id, assigned_user_id, street,
  city, state, postal_code, country, website, linkedin_url, source, do_not_contact, description, tags, custom, created_at,
  created_by, updated_by)
select app.workspace_id(), s.id, coalesce(s.first_name, ''), coalesce(s.last_name, ''), s.email, coalesce(s.other_emails, '[]'),
  coalesce(s.phones, '[]'), s.job_title, s.organization_id, s.owner_id, s.street, s.city, s.state, s.postal_code, s.country,
  s.website, s.linkedin_url, s.source, coalesce(s.do_not_contact, false), s.description, coalesce(s.tags, '{}'), s.custom,
  coalesce(s.created_at, now()), app.user_id(), app.user_id()
from stage_contacts s
where s.action is null and s.seq > $1 and s.seq <= $2
order by s.seq
