-- Tags that records now carry and the workspace did not know.
with made as (
  insert into public.tags (workspace_id, id, name, created_by, updated_by)
  select app.workspace_id(), app.uuid_v7(), min(n.tag), app.user_id(), app.user_id()
  from (
    select unnest(tags) as tag from stage_organizations where action is distinct from 'refused'
    union all select unnest(tags) from stage_contacts where action is distinct from 'refused'
    union all select unnest(tags) from stage_opportunities where action is distinct from 'refused'
  ) n
  where not exists (
    select from public.tags t where t.workspace_id = app.workspace_id() and t.deleted_at is null and lower(t.name) = lower(n.tag))
  group by lower(n.tag)
  returning id
)
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), 'tags', id
from made
