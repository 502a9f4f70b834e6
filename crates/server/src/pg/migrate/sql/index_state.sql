-- Is an index there, and did its build finish.
-- $1 schema, $2 name; zero or one row.
select i.indisvalid
from pg_index i
join pg_class c on c.oid = i.indexrelid
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = $1
  and c.relname = $2
