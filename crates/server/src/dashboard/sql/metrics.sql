-- The whole dashboard as one JSON value, under the caller's row policies.
-- $1 workspace_id uuid, $2 user_id uuid, $3 time zone text or null for the workspace's own; one row.
-- Reads through opportunities_totals_idx (open), opportunities_closed_totals_idx (closed) and the indexes of tasks and
-- timeline. A month is a range of closed_at: each closed opportunity is read once, and no date is worked out per row.
with here as materialized (
  select w.id as workspace_id, w.currency, coalesce($3::text, w.timezone) as timezone,
    (now() at time zone coalesce($3::text, w.timezone))::date as today
  from public.workspaces w
  where w.id = $1::uuid
),
every_stage as materialized (
  select s.id, s.pipeline_id, p.name as pipeline_name, p.position as pipeline_position, s.key, s.name, s.kind, s.position,
    s.probability_percent, s.deleted_at is null and p.deleted_at is null as is_live
  from public.stages s
  join public.pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
  where s.workspace_id = $1::uuid
),
-- The twelve months that end with the latest one in which anything was closed.
month as materialized (
  select m.month, m.month at time zone here.timezone as starts_at,
    (m.month + interval '1 month') at time zone here.timezone as ends_at
  from here
  cross join lateral (
    select date_trunc('month', max(latest.closed_at) at time zone here.timezone) as month
    from every_stage s
    cross join lateral (
      select o.closed_at
      from public.opportunities o
      where o.workspace_id = $1::uuid
        and o.stage_id = s.id
        and o.deleted_at is null
        and o.status <> 'open'
      order by o.closed_at desc
      limit 1
    ) as latest
  ) as last
  cross join lateral generate_series(last.month - interval '11 months', last.month, interval '1 month') as m (month)
),
closed_in_month as materialized (
  select month.month, s.id as stage_id, s.kind, sums.count, sums.amount
  from month
  cross join every_stage s
  cross join lateral (
    select count(*) as count, coalesce(sum(o.amount), 0) as amount
    from public.opportunities o
    where o.workspace_id = $1::uuid
      and o.stage_id = s.id
      and o.deleted_at is null
      and o.status <> 'open'
      and o.closed_at >= month.starts_at
      and o.closed_at < month.ends_at
  ) as sums
  where s.kind <> 'open'
),
closed_before as materialized (
  select s.id as stage_id, sums.count, sums.amount
  from every_stage s
  cross join lateral (
    select count(*) as count, coalesce(sum(o.amount), 0) as amount
    from public.opportunities o
    where o.workspace_id = $1::uuid
      and o.stage_id = s.id
      and o.deleted_at is null
      and o.status <> 'open'
      and o.closed_at < (select min(month.starts_at) from month)
  ) as sums
  where s.kind <> 'open'
),
by_stage as materialized (
  select o.stage_id, count(*) as count, sum(o.amount) as amount,
    round(sum(o.amount * o.probability_percent) / 100, 2) as weighted_amount
  from public.opportunities o
  where o.workspace_id = $1::uuid
    and o.deleted_at is null
    and o.status = 'open'
  group by o.stage_id
  union all
  select closed.stage_id, sum(closed.count), sum(closed.amount), null
  from (
    select stage_id, count, amount from closed_in_month
    union all
    select stage_id, count, amount from closed_before
  ) as closed
  group by closed.stage_id
),
stage as materialized (
  select s.pipeline_id, s.pipeline_name, s.id as stage_id, s.key, s.name, s.kind, s.position, s.probability_percent,
    coalesce(b.count, 0) as count, coalesce(b.amount, 0) as amount,
    case s.kind when 'open' then coalesce(b.weighted_amount, 0) when 'won' then coalesce(b.amount, 0) else 0 end
      as weighted_amount,
    s.pipeline_position
  from every_stage s
  left join by_stage b on b.stage_id = s.id
  where s.is_live
    or b.count > 0
),
figures as (
  select to_char(c.month, 'YYYY-MM') as month,
    coalesce(sum(c.count) filter (where c.kind = 'won'), 0) as won_count,
    coalesce(sum(c.amount) filter (where c.kind = 'won'), 0) as won_amount,
    coalesce(sum(c.count) filter (where c.kind = 'lost'), 0) as lost_count
  from closed_in_month c
  group by c.month
),
totals as materialized (
  select
    coalesce(sum(count) filter (where kind = 'open'), 0) as open_count,
    coalesce(sum(amount) filter (where kind = 'open'), 0) as open_amount,
    coalesce(sum(weighted_amount) filter (where kind = 'open'), 0) as weighted_amount,
    coalesce(sum(count) filter (where kind = 'won'), 0) as won_count,
    coalesce(sum(amount) filter (where kind = 'won'), 0) as won_amount,
    coalesce(sum(count) filter (where kind = 'lost'), 0) as lost_count,
    coalesce(sum(amount) filter (where kind = 'lost'), 0) as lost_amount
  from stage
),
my_count as (
  select count(*) filter (where a.due_on < here.today) as overdue,
    count(*) filter (where a.due_on = here.today) as today,
    count(*) filter (where a.due_on > here.today) as upcoming
  from here
  join public.activities a on a.workspace_id = here.workspace_id
  where a.workspace_id = $1::uuid
    and a.assigned_user_id = $2::uuid
    and a.deleted_at is null
    and a.done_at is null
    and a.due_on is not null
),
my_next as (
  select a.id, a.type, a.subject, a.due_on, a.due_at, a.priority, a.contact_id,
    nullif(btrim(c.first_name || ' ' || c.last_name), '') as contact_name, a.organization_id, g.name as organization_name,
    a.opportunity_id, o.name as opportunity_name
  from (
    select t.*
    from public.activities t
    where t.workspace_id = $1::uuid
      and t.assigned_user_id = $2::uuid
      and t.deleted_at is null
      and t.done_at is null
      and t.due_on is not null
    order by t.due_on, t.due_at, t.id
    limit 8
  ) as a
  left join public.contacts c on c.workspace_id = $1::uuid and c.id = a.contact_id
  left join public.organizations g on g.workspace_id = $1::uuid and g.id = a.organization_id
  left join public.opportunities o on o.workspace_id = $1::uuid and o.id = a.opportunity_id
  order by a.due_on, a.due_at, a.id
),
recent as (
  select a.id, a.type, a.subject, a.occurred_at, coalesce(a.assigned_user_id, a.created_by) as user_id,
    m.full_name as user_name, a.contact_id, nullif(btrim(c.first_name || ' ' || c.last_name), '') as contact_name,
    a.organization_id, g.name as organization_name, a.opportunity_id, o.name as opportunity_name
  from (
    select t.*
    from public.activities t
    where t.workspace_id = $1::uuid
      and t.deleted_at is null
    order by t.occurred_at desc, t.id desc
    limit 10
  ) as a
  left join public.memberships m on m.workspace_id = $1::uuid and m.user_id = coalesce(a.assigned_user_id, a.created_by)
  left join public.contacts c on c.workspace_id = $1::uuid and c.id = a.contact_id
  left join public.organizations g on g.workspace_id = $1::uuid and g.id = a.organization_id
  left join public.opportunities o on o.workspace_id = $1::uuid and o.id = a.opportunity_id
  order by a.occurred_at desc, a.id desc
)
select json_build_object(
  'currency', here.currency,
  'pipeline', coalesce((
    select json_agg(json_build_object(
      'pipeline_id', s.pipeline_id, 'pipeline_name', s.pipeline_name, 'stage_id', s.stage_id, 'key', s.key,
      'name', s.name, 'kind', s.kind, 'position', s.position, 'probability_percent', s.probability_percent,
      'count', s.count, 'amount', s.amount, 'weighted_amount', s.weighted_amount
    ) order by s.pipeline_position, s.pipeline_id, s.position, s.stage_id)
    from stage s
  ), '[]'),
  'won_by_month', coalesce((select json_agg(f order by f.month) from figures f), '[]'),
  'totals', json_build_object(
    'open_count', t.open_count, 'open_amount', t.open_amount, 'weighted_amount', t.weighted_amount,
    'won_count', t.won_count, 'won_amount', t.won_amount, 'lost_count', t.lost_count, 'lost_amount', t.lost_amount,
    'organizations', app.live_count('organizations'),
    'contacts', app.live_count('contacts'),
    'opportunities_without_organization', (
      select count(*)
      from public.opportunities o
      where o.workspace_id = $1::uuid
        and o.deleted_at is null
        and o.organization_id is null
    )
  ),
  'win_rate', round(t.won_count / nullif(t.won_count + t.lost_count, 0), 4),
  'my_tasks', json_build_object(
    'overdue', my.overdue, 'today', my.today, 'upcoming', my.upcoming,
    'items', coalesce((select json_agg(my_next) from my_next), '[]')
  ),
  'recent_activity', coalesce((select json_agg(recent) from recent), '[]')
)
from here
cross join totals t
cross join my_count my
