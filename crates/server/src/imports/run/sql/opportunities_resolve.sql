-- Names of opportunities; none is made from a mere mention.
update refs r
set id = o.id
from (
  select distinct on (app.fold(name)) app.fold(name) as key, id
  from public.opportunities
  where workspace_id = app.workspace_id() and deleted_at is null
    and exists (select from refs where kind = 'opportunities' and id is null)
  order by app.fold(name), created_at, id
) o
where r.kind = 'opportunities' and r.id is null and r.key = o.key
