-- The undo log of rows that are about to be changed: as they are now. {table} is one of ours.
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id, before)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), '{table}', o.id,
  to_jsonb(o) - 'search_text' - 'search_vector'
from public.{table} o
where o.workspace_id = app.workspace_id()
  and o.id in (select target_id from stage_{table} where action = 'match' and duplicates = 'update')
