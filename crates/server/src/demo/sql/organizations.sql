-- Organizations; parents by key. $1 workspace_id, $2 records.
insert into public.organizations (
  workspace_id, id, name, domain, website, description, industry, type, employees, annual_revenue, currency, phone, email,
  billing_street, billing_city, billing_postal_code, billing_country, parent_id, assigned_user_id, tags, created_at, created_by, updated_by)
select $1, md5($1::uuid::text || 'organization' || r.key)::uuid, r.name, r.key || '.example', 'https://' || r.key || '.example', r.description,
  r.industry, r.type, r.employees, r.revenue, 'EUR', r.phone, 'hello@' || r.key || '.example', r.street, r.city, r.postal_code, r.country,
  case when r.parent is not null then md5($1::uuid::text || 'organization' || r.parent)::uuid end, m.user_id, coalesce(r.tags, '{}'),
  now() - make_interval(days => r.age), m.user_id, m.user_id
from jsonb_to_recordset($2::jsonb -> 'organizations') as r (
  key text, name text, description text, industry text, type text, employees integer, revenue numeric, phone text, street text,
  city text, postal_code text, country text, parent text, owner text, tags text[], age integer)
left join public.memberships m on m.workspace_id = $1 and m.email = r.owner || '@rapport.test'
order by r.age desc
