-- Records that an earlier import brought in under the same id of the source. {table} is one of ours; $1 file, $2 custom key.
update stage_{table} s
set action = 'match', target_id = o.id
from public.{table} o
where o.workspace_id = app.workspace_id() and o.deleted_at is null
  and s.file = $1 and s.action is null and s.duplicates <> 'create' and s.external_id is not null
  and o.custom ->> $2::text = s.external_id
