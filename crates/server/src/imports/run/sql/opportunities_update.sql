-- Fills every non-blank cell into the opportunities that exist.
update public.opportunities o
set name = coalesce(s.name, o.name), organization_id = coalesce(s.organization_id, o.organization_id),
    pipeline_id = coalesce(st.pipeline_id, o.pipeline_id), stage_id = coalesce(st.id, o.stage_id),
    probability_percent = coalesce(s.probability_percent, o.probability_percent), amount = coalesce(s.amount, o.amount),
    currency = coalesce(s.currency, o.currency), expected_close_date = coalesce(s.expected_close_date, o.expected_close_date),
    closed_at = coalesce(s.closed_at, o.closed_at), lost_reason = coalesce(s.lost_reason, o.lost_reason),
    source = coalesce(s.source, o.source), next_step = coalesce(s.next_step, o.next_step),
    description = coalesce(s.description, o.description), assigned_user_id = coalesce(s.owner_id, o.assigned_user_id),
    tags = coalesce(s.tags, o.tags), custom = o.custom || s.custom, updated_by = app.user_id()
from (select distinct on (target_id) * from stage_opportunities where action = 'match' and duplicates = 'update' order by target_id, seq desc) s
left join (
  select g.key, g.id, g.pipeline_id
  from public.stages g
  join public.pipelines p on p.workspace_id = g.workspace_id and p.id = g.pipeline_id
  where g.workspace_id = app.workspace_id() and g.deleted_at is null and p.is_default and p.deleted_at is null
) st on st.key = s.stage
where o.workspace_id = app.workspace_id() and o.id = s.target_id
