-- Fills every non-blank cell into the products that exist.
update public.products o
set name = coalesce(s.name, o.name), code = coalesce(s.code, o.code), description = coalesce(s.description, o.description),
    price = coalesce(s.price, o.price), currency = coalesce(s.currency, o.currency),
    is_active = coalesce(s.is_active, o.is_active), custom = o.custom || s.custom, updated_by = app.user_id()
from (select distinct on (target_id) * from stage_products where action = 'match' and duplicates = 'update' order by target_id, seq desc) s
where o.workspace_id = app.workspace_id() and o.id = s.target_id
