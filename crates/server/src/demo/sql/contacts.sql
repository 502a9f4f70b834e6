-- Contacts. $1 workspace_id, $2 records.
insert into public.contacts (
  workspace_id, id, first_name, last_name, email, phones, job_title, organization_id, assigned_user_id, city, country, source,
  description, tags, created_at, created_by, updated_by)
select $1, md5($1::uuid::text || 'contact' || r.email)::uuid, r.first_name, r.last_name, r.email, coalesce(r.phones, '[]'), r.job_title,
  md5($1::uuid::text || 'organization' || r.organization)::uuid, m.user_id, o.billing_city, o.billing_country, r.source, r.description,
  coalesce(r.tags, '{}'), now() - make_interval(days => r.age), m.user_id, m.user_id
from jsonb_to_recordset($2::jsonb -> 'contacts') as r (
  first_name text, last_name text, email text, phones jsonb, job_title text, organization text, owner text, source text,
  description text, tags text[], age integer)
join public.organizations o on o.workspace_id = $1 and o.id = md5($1::uuid::text || 'organization' || r.organization)::uuid
left join public.memberships m on m.workspace_id = $1 and m.email = r.owner || '@rapport.test'
order by r.age desc
