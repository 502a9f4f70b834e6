-- The indexes of a table that can be built anew, with their definitions: all but the primary key. $1 table.
select format('%I.%I', n.nspname, c.relname), pg_get_indexdef(i.indexrelid)
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_namespace n on n.oid = c.relnamespace
where i.indrelid = format('public.%I', $1::text)::regclass and not i.indisprimary and i.indisvalid
  and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
order by c.relname
