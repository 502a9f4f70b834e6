-- How many rows of a table an undo takes back, and how many of them were edited since. $1 workspace_id, $2 import_id.
select count(o.version), count(*) filter (where o.version > c.version_after)
from app.import_changes c
cross join lateral (
  select t.version from public.{table} t where t.workspace_id = c.workspace_id and t.id = c.row_id limit 1
) o
where c.workspace_id = $1 and c.import_id = $2 and c.table_name = '{table}'
