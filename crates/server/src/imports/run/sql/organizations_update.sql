-- Fills every non-blank cell into the organizations that exist.
update public.organizations o
set name = coalesce(s.name, o.name), domain = coalesce(s.domain, o.domain), website = coalesce(s.website, o.website),
    description = coalesce(s.description, o.description), industry = coalesce(s.industry, o.industry),
    type = coalesce(s.type, o.type), status = coalesce(s.status, o.status), employees = coalesce(s.employees, o.employees),
    annual_revenue = coalesce(s.annual_revenue, o.annual_revenue), currency = coalesce(s.currency, o.currency),
    phone = coalesce(s.phone, o.phone), email = coalesce(s.email, o.email),
    billing_street = coalesce(s.billing_street, o.billing_street), billing_city = coalesce(s.billing_city, o.billing_city),
    billing_state = coalesce(s.billing_state, o.billing_state),
    billing_postal_code = coalesce(s.billing_postal_code, o.billing_postal_code),
    billing_country = coalesce(s.billing_country, o.billing_country),
    assigned_user_id = coalesce(s.owner_id, o.assigned_user_id), tags = coalesce(s.tags, o.tags),
    custom = o.custom || s.custom, updated_by = app.user_id()
from (select distinct on (target_id) * from stage_organizations where action = 'match' and duplicates = 'update' order by target_id, seq desc) s
where o.workspace_id = app.workspace_id() and o.id = s.target_id
