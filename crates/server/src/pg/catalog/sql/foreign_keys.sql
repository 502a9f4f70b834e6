-- Foreign keys between exposed tables, in the shape of schema::ForeignKey.
-- $1 schemas; one row, one list.
select coalesce(json_agg(json_build_object(
  'name', k.conname,
  'schema', n.nspname,
  'relation', c.relname,
  'columns', columns.list,
  'target_schema', tn.nspname,
  'target', t.relname,
  'target_columns', targets.list,
  'one_to_one', exists (
    select from pg_index i
    where i.indrelid = k.conrelid
      and i.indisunique
      and i.indisvalid
      and i.indpred is null
      and i.indexprs is null
      and (i.indkey::int2[])[0:i.indnkeyatts - 1] <@ k.conkey)
) order by n.nspname, c.relname, k.conname), '[]')
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
  and n.nspname = any ($1)
  and tn.nspname = any ($1)
