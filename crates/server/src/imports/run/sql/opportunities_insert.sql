-- Makes the opportunities of rows $1 < seq <= $2. The trigger derives status and probability from the stage.
insert into public.opportunities (
  workspace_id, id, name, organization_id, pipeline_id, stage_id, probability_percent, amount, currency, expected_close_date,
  closed_at, lost_reason, source, next_step, description, stage_changed_at, board_position, assigned_user_id, tags, custom,
  created_at, created_by, updated_by)
select app.workspace_id(), s.id, s.name, s.organization_id, st.pipeline_id, st.id, s.probability_percent, coalesce(s.amount, 0),
  coalesce(s.currency, w.currency), s.expected_close_date, s.closed_at, s.lost_reason, s.source, s.next_step, s.description,
  coalesce(case when st.kind <> 'open' then s.closed_at end, s.created_at, now()),
  lpad(to_hex(9007199254740991 - floor(extract(epoch from now()) * 1000000)::bigint - s.seq), 14, '0') || 'h',
  s.owner_id, coalesce(s.tags, '{}'), s.custom, coalesce(s.created_at, now()), app.user_id(), app.user_id()
from stage_opportunities s
join public.workspaces w on w.id = app.workspace_id()
left join (
  select g.key, g.id, g.pipeline_id, g.kind
  from public.stages g
  join public.pipelines p on p.workspace_id = g.workspace_id and p.id = g.pipeline_id
  where g.workspace_id = app.workspace_id() and g.deleted_at is null and p.is_default and p.deleted_at is null
) st on st.key = s.stage
where s.action is null and s.seq > $1 and s.seq <= $2
order by s.seq
