-- The stages of the default pipeline. $1 workspace_id.
select s.id, s.pipeline_id, s.kind, s.probability_percent
from public.stages s
join public.pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
where s.workspace_id = $1 and s.deleted_at is null and p.is_default and p.deleted_at is null
order by s.position
