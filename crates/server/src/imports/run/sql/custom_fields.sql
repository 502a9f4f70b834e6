-- Defines a custom field unless the workspace has it. $1 table, $2 key, $3 label, $4 type.
with made as (
  insert into public.custom_fields (workspace_id, id, table_name, key, label, type, position, created_by, updated_by)
  select app.workspace_id(), app.uuid_v7(), $1, $2, $3, $4,
    (select coalesce(max(f.position), 0) + 1 from public.custom_fields f
     where f.workspace_id = app.workspace_id() and f.table_name = $1),
    app.user_id(), app.user_id()
  on conflict do nothing
  returning id
)
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), 'custom_fields', id
from made
