-- Products that exist: by code, then by name.
update stage_products s
set action = case when s.duplicates <> 'create' then 'twin' end, twin = t.first
from (
  select seq, min(seq) over (partition by coalesce(lower(code), external_id, app.fold(name))) as first
  from stage_products where action is null and (duplicates <> 'create' or code is not null)
) t
where s.seq = t.seq and t.first < t.seq;
update stage_products s
set action = 'match', target_id = o.id
from public.products o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and lower(o.code) = lower(s.code);
update stage_products s
set action = 'match', target_id = o.id
from public.products o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and app.fold(o.name) = app.fold(s.name) and (s.code is null or o.code is null);
-- A code belongs to one product.
with taken as materialized (
  select s.seq
  from stage_products s
  where s.code is not null and s.action is distinct from 'twin' and s.action is distinct from 'refused'
    and (exists (
      select from public.products o
      where o.workspace_id = app.workspace_id() and o.deleted_at is null and lower(o.code) = lower(s.code)
        and o.id is distinct from s.target_id)
    or (s.action is null and s.twin is not null))
), refused as (
  update stage_products s set action = 'refused' from taken t where s.seq = t.seq
)
insert into problems (file, line, severity, column_name, value, reason, row_values)
select s.file, s.line, 'refused', 'code', s.code, 'another product has this code', s.raw
from stage_products s
join taken using (seq)
