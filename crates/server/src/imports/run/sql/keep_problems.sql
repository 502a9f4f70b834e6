-- Moves what was found on the way to where it can be asked for. $1 the files' names.
insert into app.import_problems (workspace_id, import_id, seq, file, line, severity, column_name, value, reason, row_values)
select app.workspace_id(), current_setting('rapport.import_id')::uuid,
  row_number() over (order by severity, file, line, seq), ($1::text[])[file + 1], line, severity, column_name, value, reason, row_values
from problems
