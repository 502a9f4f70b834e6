-- Line items that exist: the same product or name in the same opportunity.
update stage_opportunity_items s
set action = 'match', target_id = o.id
from public.opportunity_items o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and o.opportunity_id = s.opportunity_id
  and (o.product_id = s.product_id or (s.product_id is null and lower(o.name) = lower(s.name)))
