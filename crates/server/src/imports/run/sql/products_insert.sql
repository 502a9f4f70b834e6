-- Makes the products of rows $1 < seq <= $2.
insert into public.products (workspace_id, id, name, code, description, price, currency, is_active, custom, created_at, created_by, updated_by)
select app.workspace_id(), s.id, s.name, s.code, s.description, coalesce(s.price, 0), coalesce(s.currency, w.currency),
  coalesce(s.is_active, true), s.custom, coalesce(s.created_at, now()), app.user_id(), app.user_id()
from stage_products s
cross join public.workspaces w
where w.id = app.workspace_id() and s.action is null and s.seq > $1 and s.seq <= $2
order by s.seq
