-- The records that answer a search, best first, in one JSON list. The candidates come from below row-level security as ids;
-- what is shown of them is read here, under the caller's policies.
-- $1 words, one space between, $2 the digits of a phone number or empty, $3 tables, one comma between, $4 most.
with found as materialized (
  select * from app.search_records(string_to_array($1, ' '), $2, string_to_array($3, ','), $4::integer)
), shown as (
  select found.*, record.name, record.fields,
    row_number() over (partition by kind order by rank, own desc, at desc, id desc) as place
  from found
  cross join lateral (
    select
      coalesce(nullif(btrim(c.first_name || ' ' || c.last_name), ''), c.email) as name,
      json_build_object('email', c.email, 'phone', c.phones #>> '{0,value}', 'job_title', c.job_title,
        'organization_id', c.organization_id, 'organization_name', o.name) as fields
    from public.contacts c
    left join public.organizations o on (o.workspace_id, o.id) = (c.workspace_id, c.organization_id)
    where found.kind = 'contacts' and c.workspace_id = (select app.workspace_id()) and c.id = found.id and c.deleted_at is null
    union all
    select o.name, json_build_object('domain', o.domain, 'email', o.email, 'phone', o.phone, 'industry', o.industry)
    from public.organizations o
    where found.kind = 'organizations' and o.workspace_id = (select app.workspace_id()) and o.id = found.id and o.deleted_at is null
    union all
    select p.name, json_build_object('amount', p.amount, 'currency', p.currency, 'status', p.status, 'stage_id', p.stage_id,
        'organization_id', p.organization_id, 'organization_name', o.name)
    from public.opportunities p
    left join public.organizations o on (o.workspace_id, o.id) = (p.workspace_id, p.organization_id)
    where found.kind = 'opportunities' and p.workspace_id = (select app.workspace_id()) and p.id = found.id and p.deleted_at is null
    union all
    select coalesce(nullif(btrim(a.subject), ''), left(btrim(a.body), 100)), json_build_object('type', a.type, 'occurred_at', a.occurred_at,
        'due_on', a.due_on, 'done_at', a.done_at, 'contact_id', a.contact_id, 'organization_id', a.organization_id,
        'opportunity_id', a.opportunity_id)
    from public.activities a
    where found.kind = 'activities' and a.workspace_id = (select app.workspace_id()) and a.id = found.id and a.deleted_at is null
    union all
    select q.name, json_build_object('code', q.code, 'price', q.price, 'currency', q.currency)
    from public.products q
    where found.kind = 'products' and q.workspace_id = (select app.workspace_id()) and q.id = found.id and q.deleted_at is null
    union all
    select t.name, json_build_object('color', t.color)
    from public.tags t
    where found.kind = 'tags' and t.workspace_id = (select app.workspace_id()) and t.id = found.id and t.deleted_at is null
  ) as record
), chosen as (
  -- The best of each kind before the second best of any, so that no kind crowds out another.
  select * from shown
  order by place, rank, own desc, at desc
  limit $4::integer
)
select coalesce(json_agg(json_build_object(
  'type', kind,
  'id', id,
  'name', name,
  'match', (array['exact', 'prefix', 'word', 'fragment', 'organization'])[rank + 1],
  'own', own,
  'at', at,
  'fields', fields
) order by rank, own desc, at desc, id desc), '[]')
from chosen
