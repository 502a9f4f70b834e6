-- Opportunity and product of each line item.
update stage_opportunity_items s
set opportunity_id = o.id, product_id = p.id
from stage_opportunity_items t
left join refs o on o.kind = 'opportunities' and o.value = t.opportunity
left join refs p on p.kind = 'products' and p.value = t.product
where s.seq = t.seq;
with homeless as materialized (
  select seq from stage_opportunity_items where opportunity_id is null and action is null
), refused as (
  update stage_opportunity_items s set action = 'refused' from homeless h where s.seq = h.seq
)
insert into problems (file, line, severity, column_name, value, reason, row_values)
select s.file, s.line, 'refused', 'opportunity', s.opportunity, 'a line item needs its opportunity, and there is no such', s.raw
from stage_opportunity_items s
join homeless using (seq)
