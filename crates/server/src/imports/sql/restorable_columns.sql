-- The columns of a table that an undo puts back. $1 table.
select column_name::text
from information_schema.columns
where table_schema = 'public' and table_name = $1 and is_generated = 'NEVER'
  and column_name not in ('workspace_id', 'id', 'version', 'updated_at')
order by ordinal_position
