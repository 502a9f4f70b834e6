-- The version that the import left, to tell later edits from its own. {table} is one of ours.
update app.import_changes c
set version_after = o.version
from public.{table} o
where c.workspace_id = app.workspace_id() and c.import_id = current_setting('rapport.import_id')::uuid
  and c.table_name = '{table}' and o.workspace_id = c.workspace_id and o.id = c.row_id and c.version_after <> o.version
