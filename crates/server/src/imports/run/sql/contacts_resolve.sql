-- Names and addresses of contacts, of all that exist by now; what is missing is made.
update refs r
set id = o.id
from public.contacts o
where r.kind = 'contacts' and r.id is null and o.workspace_id = app.workspace_id() and o.deleted_at is null
  and lower(o.email) = r.key;
update refs r
set id = o.id
from (
  select distinct on (app.fold(btrim(first_name || ' ' || last_name))) app.fold(btrim(first_name || ' ' || last_name)) as key, id
  from public.contacts
  where workspace_id = app.workspace_id() and deleted_at is null
    and exists (select from refs where kind = 'contacts' and id is null)
  order by app.fold(btrim(first_name || ' ' || last_name)), created_at, id
) o
where r.kind = 'contacts' and r.id is null and r.key = o.key;
update refs r
set id = m.id, created = true
from (select key, app.uuid_v7() as id from refs where kind = 'contacts' and id is null and make group by key) m
where r.kind = 'contacts' and r.id is null and r.make and r.key = m.key;
insert into public.contacts (workspace_id, id, first_name, last_name, email, created_by, updated_by)
select app.workspace_id(), m.id,
  case when position('@' in m.key) > 0 then '' when position(' ' in m.value) > 0 then regexp_replace(m.value, '\s+\S+$', '') else m.value end,
  case when position('@' in m.key) > 0 or position(' ' in m.value) = 0 then '' else regexp_replace(m.value, '^.*\s', '') end,
  case when position('@' in m.key) > 0 then m.value end, app.user_id(), app.user_id()
from (select distinct on (id) id, value, key from refs where kind = 'contacts' and created order by id, rows desc) m
