-- Puts back the rows that an import changed. $1 workspace_id, $2 import_id.
update public.{table} o
set ({columns}) = row ({former})
from app.import_changes c
cross join lateral jsonb_populate_record(null::public.{table}, c.before) b
where c.workspace_id = $1 and c.import_id = $2 and c.table_name = '{table}' and c.before is not null
  and o.workspace_id = c.workspace_id and o.id = c.row_id
