-- References by an id of the source that an earlier import stored in the custom field $1. {table} is one of ours.
update refs r
set id = o.id
from public.{table} o
where r.kind = '{table}' and r.id is null and o.workspace_id = app.workspace_id() and o.deleted_at is null
  and o.custom ->> $1::text = r.value
