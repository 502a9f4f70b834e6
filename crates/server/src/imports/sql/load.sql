-- One import. $1 workspace_id, $2 id.
select i.id, i.state, i.error, i.created_at, i.created_by, m.full_name as created_by_name, i.started_at, i.finished_at,
  i.undone_at, i.files, i.plan, i.progress, i.summary
from public.imports i
left join public.memberships m on m.workspace_id = i.workspace_id and m.user_id = i.created_by
where i.workspace_id = $1 and i.id = $2
