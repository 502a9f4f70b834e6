-- Foreign keys of the database, in the shape of views::Key. Those of partitions belong to the table that they are parts of.
-- One row, one list.
with unique_sets as (
  select conrelid, array(select unnest(conkey) order by 1) as numbers
  from pg_constraint
  where contype in ('p', 'u')
)
select coalesce(json_agg(json_build_object(
  'name', k.conname,
  'relation', k.conrelid::bigint,
  'numbers', k.conkey,
  'target_relation', k.confrelid::bigint,
  'target_numbers', k.confkey,
  'key', json_build_object(
    'name', k.conname,
    'schema', n.nspname,
    'relation', c.relname,
    'columns', columns.list,
    'target_schema', tn.nspname,
    'target', t.relname,
    'target_columns', targets.list,
    'one_to_one', (k.conrelid, array(select unnest(k.conkey) order by 1)) in (select conrelid, numbers from unique_sets))
)), '[]')
from pg_constraint k
join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_class t on t.oid = k.confrelid
join pg_namespace tn on tn.oid = t.relnamespace
cross join lateral (
  select json_agg(a.attname order by position.nth) as list
  from unnest(k.conkey) with ordinality as position (attnum, nth)
  join pg_attribute a on a.attrelid = k.conrelid and a.attnum = position.attnum
) as columns
cross join lateral (
  select json_agg(a.attname order by position.nth) as list
  from unnest(k.confkey) with ordinality as position (attnum, nth)
  join pg_attribute a on a.attrelid = k.confrelid and a.attnum = position.attnum
) as targets
where k.contype = 'f'
  and k.conparentid = 0
