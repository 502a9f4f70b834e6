-- Functions from a row of a relation to rows of a relation, in the shape of schema::ComputedRelationship.
-- $1 schemas; one row, one list.
select coalesce(json_agg(json_build_object(
  'schema', n.nspname,
  'name', p.proname,
  'relation_schema', rn.nspname,
  'relation', r.relname,
  'target_schema', tn.nspname,
  'target', t.relname,
  'to_one', not p.proretset or p.prorows = 1
) order by n.nspname, p.proname, rn.nspname, r.relname), '[]')
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_class r on r.reltype = p.proargtypes[0] and r.reltype <> 0
join pg_namespace rn on rn.oid = r.relnamespace
join pg_class t on t.reltype = p.prorettype and t.reltype <> 0
join pg_namespace tn on tn.oid = t.relnamespace
where p.pronargs = 1
  and p.prokind = 'f'
  and r.relkind in ('r', 'p', 'v', 'm', 'f')
  and t.relkind in ('r', 'p', 'v', 'm', 'f')
  and n.nspname = any ($1)
  and rn.nspname = any ($1)
  and tn.nspname = any ($1)
