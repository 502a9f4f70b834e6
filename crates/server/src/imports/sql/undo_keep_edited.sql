-- Takes the rows that were edited since out of the log: the undo leaves them as they are.
-- Asked before anything is taken back, because taking a team back also touches its members. $1 workspace_id, $2 import_id.
delete from app.import_changes c
using public.{table} o
where c.workspace_id = $1 and c.import_id = $2 and c.table_name = '{table}'
  and o.workspace_id = c.workspace_id and o.id = c.row_id
  and o.version > c.version_after
