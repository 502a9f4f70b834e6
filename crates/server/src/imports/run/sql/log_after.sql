-- The version that the import left of rows it changed, to tell later edits from its own. {table} is one of ours.
-- A subquery per row, so that the primary key is used whatever the planner believes about rows of this transaction.
update app.import_changes c
set version_after = coalesce((
  select o.version from public.{table} o where o.workspace_id = c.workspace_id and o.id = c.row_id), c.version_after)
where c.workspace_id = app.workspace_id() and c.import_id = current_setting('rapport.import_id')::uuid
  and c.table_name = '{table}' and c.before is not null
