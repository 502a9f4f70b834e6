-- Opportunities; days count from today. $1 workspace_id, $2 records.
insert into public.opportunities (
  workspace_id, id, name, organization_id, pipeline_id, stage_id, probability_percent, amount, currency, expected_close_date,
  closed_at, lost_reason, source, next_step, description, stage_changed_at, board_position, assigned_user_id, tags, created_at,
  created_by, updated_by)
select $1, md5($1::uuid::text || 'opportunity' || r.key)::uuid, r.name, md5($1::uuid::text || 'organization' || r.organization)::uuid,
  s.pipeline_id, s.id, coalesce(r.probability, s.probability_percent), r.amount, 'EUR', current_date + r.closes,
  case when s.kind <> 'open' then now() + make_interval(days => r.closes) end, r.lost_reason, r.source, r.next_step, r.description,
  case when s.kind <> 'open' then now() + make_interval(days => r.closes) else now() - make_interval(days => r.in_stage) end,
  lpad(to_hex(9007199254740991 - floor(extract(epoch from now()) * 1000000)::bigint + row_number() over (order by r.in_stage, r.key)), 14, '0') || 'h',
  m.user_id, coalesce(r.tags, '{}'), now() - make_interval(days => r.age), m.user_id, m.user_id
from jsonb_to_recordset($2::jsonb -> 'opportunities') as r (
  key text, name text, organization text, stage text, amount numeric, probability smallint, closes integer, in_stage integer,
  age integer, owner text, source text, next_step text, lost_reason text, description text, tags text[])
join public.stages s on s.workspace_id = $1 and s.key = r.stage
left join public.memberships m on m.workspace_id = $1 and m.email = r.owner || '@rapport.test'
order by r.age desc
