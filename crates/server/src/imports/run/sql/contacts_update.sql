-- Fills every non-blank cell into the contacts that exist.
update public.contacts o
set first_name = coalesce(s.first_name, o.first_name), last_name = coalesce(s.last_name, o.last_name),
    email = coalesce(s.email, o.email), other_emails = coalesce(s.other_emails, o.other_emails),
    phones = coalesce(s.phones, o.phones), job_title = coalesce(s.job_title, o.job_title),
    organization_id = coalesce(s.organization_id, o.organization_id),
    assigned_user_id = coalesce(s.owner_id, o.assigned_user_id), street = coalesce(s.street, o.street),
    city = coalesce(s.city, o.city), state = coalesce(s.state, o.state), postal_code = coalesce(s.postal_code, o.postal_code),
    country = coalesce(s.country, o.country), website = coalesce(s.website, o.website),
    linkedin_url = coalesce(s.linkedin_url, o.linkedin_url), source = coalesce(s.source, o.source),
    do_not_contact = coalesce(s.do_not_contact, o.do_not_contact), description = coalesce(s.description, o.description),
    tags = coalesce(s.tags, o.tags), custom = o.custom || s.custom, updated_by = app.user_id()
from (select distinct on (target_id) * from stage_contacts where action = 'match' and duplicates = 'update' order by target_id, seq desc) s
where o.workspace_id = app.workspace_id() and o.id = s.target_id
