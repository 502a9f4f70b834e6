-- Names of products: exactly, then without spaces and punctuation; what is then missing is made.
update refs r
set id = o.id
from public.products o
where r.kind = 'products' and r.id is null and o.workspace_id = app.workspace_id() and o.deleted_at is null
  and (r.key = app.fold(o.name) or r.key = lower(o.code));
update refs r
set id = o.id
from public.products o
where r.kind = 'products' and r.id is null and o.workspace_id = app.workspace_id() and o.deleted_at is null
  and r.squashed <> '' and r.squashed = regexp_replace(app.fold(o.name), '[[:space:][:punct:]]', '', 'g');
update refs r
set id = m.id, created = true
from (select key, app.uuid_v7() as id from refs where kind = 'products' and id is null and make group by key) m
where r.kind = 'products' and r.id is null and r.make and r.key = m.key;
insert into public.products (workspace_id, id, name, currency, created_by, updated_by)
select app.workspace_id(), m.id, m.value, w.currency, app.user_id(), app.user_id()
from (select distinct on (id) id, value from refs where kind = 'products' and created order by id, rows desc) m
cross join public.workspaces w
where w.id = app.workspace_id()
