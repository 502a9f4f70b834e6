-- Fills every non-blank cell into the line items that exist.
update public.opportunity_items o
set name = coalesce(s.name, o.name), quantity = coalesce(s.quantity, o.quantity),
    unit_price = coalesce(s.unit_price, o.unit_price), updated_by = app.user_id()
from (select distinct on (target_id) * from stage_opportunity_items where action = 'match' and duplicates = 'update' order by target_id, seq desc) s
where o.workspace_id = app.workspace_id() and o.id = s.target_id
