-- The first page of contacts with their organizations as one JSON text, newest first.
-- One row: body text.
select coalesce(json_agg(page), '[]')::text as body
from (
  select
    c.id, c.first_name, c.last_name, c.email, c.phones, c.job_title, c.organization_id, c.assigned_user_id, c.city,
    c.tags, c.created_at, c.updated_at, c.version,
    row_to_json(o) as organization
  from public.contacts c
  left join lateral (
    select id, name
    from public.organizations
    where workspace_id = c.workspace_id and id = c.organization_id
  ) o on true
  where c.deleted_at is null
  order by c.created_at desc, c.id desc
  limit 100
) page
