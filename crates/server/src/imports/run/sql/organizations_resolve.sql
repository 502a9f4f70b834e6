-- Names of organizations, of all that exist by now; what is missing is made. Of several with one name the oldest is meant.
update refs r
set id = o.id
from (
  select distinct on (app.fold(name)) app.fold(name) as key, id
  from public.organizations
  where workspace_id = app.workspace_id() and deleted_at is null
    and app.fold(name) in (select key from refs where kind = 'organizations' and id is null)
  order by app.fold(name), created_at, id
) o
where r.kind = 'organizations' and r.id is null and r.key = o.key;
update refs r
set id = m.id, created = true
from (select key, app.uuid_v7() as id from refs where kind = 'organizations' and id is null and make group by key) m
where r.kind = 'organizations' and r.id is null and r.make and r.key = m.key;
insert into public.organizations (workspace_id, id, name, created_by, updated_by)
select app.workspace_id(), m.id, m.value, app.user_id(), app.user_id()
from (select distinct on (id) id, value from refs where kind = 'organizations' and created order by id, rows desc) m
