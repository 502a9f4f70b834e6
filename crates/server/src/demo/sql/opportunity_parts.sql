-- Line items and contact roles of the opportunities. $1 workspace_id, $2 records.
with item as (
  insert into public.opportunity_items (workspace_id, id, opportunity_id, product_id, name, quantity, unit_price, position)
  select $1, md5($1::uuid::text || 'item' || r.opportunity || r.product)::uuid, md5($1::uuid::text || 'opportunity' || r.opportunity)::uuid, p.id,
    p.name, r.quantity, coalesce(r.unit_price, p.price), r.position
  from jsonb_to_recordset($2::jsonb -> 'items') as r (opportunity text, product text, quantity numeric, unit_price numeric, position integer)
  join public.products p on p.workspace_id = $1 and p.code = r.product
)
insert into public.opportunity_contacts (workspace_id, opportunity_id, contact_id, role, is_primary)
select $1, md5($1::uuid::text || 'opportunity' || r.opportunity)::uuid, md5($1::uuid::text || 'contact' || r.contact)::uuid, r.role, r.is_primary
from jsonb_to_recordset($2::jsonb -> 'roles') as r (opportunity text, contact text, role text, is_primary boolean)
