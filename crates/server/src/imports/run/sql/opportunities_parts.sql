-- What came with each new opportunity: its product as a line item at list price, its contact.
insert into public.opportunity_items (workspace_id, id, opportunity_id, product_id, name, quantity, unit_price, created_by, updated_by)
select app.workspace_id(), app.uuid_v7(), s.id, p.id, p.name, coalesce(s.quantity, 1), p.price, app.user_id(), app.user_id()
from stage_opportunities s
join public.products p on p.workspace_id = app.workspace_id() and p.id = s.product_id
where s.action is null
order by s.seq;
insert into public.opportunity_contacts (workspace_id, opportunity_id, contact_id, is_primary, created_by, updated_by)
select app.workspace_id(), s.id, s.contact_id, true, app.user_id(), app.user_id()
from stage_opportunities s
where s.action is null and s.contact_id is not null
