-- Rows that need looking at, refused first. $1 workspace_id, $2 import_id, $3 most.
select file, line, severity, column_name, value, reason, row_values
from app.import_problems
where workspace_id = $1 and import_id = $2
order by seq
limit $3
