-- Makes the organizations of rows $1 < seq <= $2; parents follow when all are there.
insert into public.organizations (
  workspace_id, id, name, domain, website, description, industry, type, status, employees, annual_revenue, currency, phone,
  email, billing_street, billing_city, billing_state, billing_postal_code, billing_country, assigned_user_id, tags, custom,
  created_at, created_by, updated_by)
select app.workspace_id(), s.id, s.name, s.domain, s.website, s.description, s.industry, coalesce(s.type, 'prospect'),
  coalesce(s.status, 'active'), s.employees, s.annual_revenue, s.currency, s.phone, s.email, s.billing_street, s.billing_city,
  s.billing_state, s.billing_postal_code, s.billing_country, s.owner_id, coalesce(s.tags, '{}'), s.custom,
  coalesce(s.created_at, now()), app.user_id(), app.user_id()
from stage_organizations s
where s.action is null and s.seq > $1 and s.seq <= $2
order by s.seq
