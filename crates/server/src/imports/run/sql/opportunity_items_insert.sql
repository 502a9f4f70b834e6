-- Makes the line items of rows $1 < seq <= $2.
insert into public.opportunity_items (workspace_id, id, opportunity_id, product_id, name, quantity, unit_price, custom, created_by, updated_by)
select app.workspace_id(), s.id, s.opportunity_id, s.product_id, coalesce(s.name, p.name, s.product), coalesce(s.quantity, 1),
  coalesce(s.unit_price, p.price, 0), s.custom, app.user_id(), app.user_id()
from stage_opportunity_items s
left join public.products p on p.workspace_id = app.workspace_id() and p.id = s.product_id
where s.action is null and s.seq > $1 and s.seq <= $2
order by s.seq
