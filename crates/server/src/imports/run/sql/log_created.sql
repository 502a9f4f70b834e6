-- The undo log of the rows that were made. {table} is one of ours.
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id, version_after)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), '{table}', o.id, o.version
from (
  select id from stage_{table} where action is null
  union all
  select distinct id from refs where kind = '{table}' and created
) s
join public.{table} o on o.workspace_id = app.workspace_id() and o.id = s.id
