-- Removes the rows that an import made. $1 workspace_id, $2 import_id.
delete from public.{table} o
using app.import_changes c
where c.workspace_id = $1 and c.import_id = $2 and c.table_name = '{table}' and c.before is null
  and o.workspace_id = c.workspace_id and o.id = c.row_id
