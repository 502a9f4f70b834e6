-- One organization with its contacts, opportunities and activities (50 each) as one JSON text.
-- The setting rapport.organization_id names it. One row: body text.
select coalesce(json_agg(detail), '[]')::text as body
from (
  select o.*, contacts.list as contacts, opportunities.list as opportunities, activities.list as activities
  from public.organizations o
  left join lateral (
    select coalesce(json_agg(one), '[]') as list
    from (
      select * from public.contacts c
      where c.workspace_id = o.workspace_id and c.organization_id = o.id and c.deleted_at is null
      limit 50
    ) one
  ) contacts on true
  left join lateral (
    select coalesce(json_agg(one), '[]') as list
    from (
      select * from public.opportunities p
      where p.workspace_id = o.workspace_id and p.organization_id = o.id and p.deleted_at is null
      limit 50
    ) one
  ) opportunities on true
  left join lateral (
    select coalesce(json_agg(one), '[]') as list
    from (
      select * from public.activities a
      where a.workspace_id = o.workspace_id and a.organization_id = o.id and a.deleted_at is null
      order by a.occurred_at desc
      limit 50
    ) one
  ) activities on true
  where o.id = current_setting('rapport.organization_id')::uuid
) detail
