-- Views and what they are made of: their columns in order, and their definition as PostgreSQL keeps it.
-- $1 schemas that are exposed, $2 schemas whose views they may be built on.
select
  c.oid,
  n.nspname::text,
  c.relname::text,
  n.nspname = any ($1),
  array(
    select a.attname::text
    from pg_attribute a
    where a.attrelid = c.oid
      and a.attnum > 0
    order by a.attnum),
  r.ev_action::text
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
join pg_rewrite r on r.ev_class = c.oid and r.rulename = '_RETURN'
where c.relkind in ('v', 'm')
  and n.nspname = any ($1 || $2)
order by n.nspname, c.relname
