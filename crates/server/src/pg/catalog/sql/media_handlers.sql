-- What makes media types of its own, in the shape of schema::MediaHandler: aggregates over the rows of a relation or of
-- any, and functions, whose result is a domain that is named as a media type.
-- $1 schemas; one row, one list.
with media as (
  select d.oid, n.nspname, d.typname, b.typname as base
  from pg_type d
  join pg_namespace n on n.oid = d.typnamespace
  join pg_type b on b.oid = d.typbasetype
  where d.typname ~* '^[a-z0-9.-]+/[a-z0-9.+-]+$'
     or d.typname = '*/*'
),
aggregates as (
  select n.nspname as schema, p.proname as name, rn.nspname as target_schema, r.relname as target, media.typname, base
  from media
  join pg_proc p on p.prorettype = media.oid
  join pg_namespace n on n.oid = p.pronamespace
  join pg_type given on given.oid = p.proargtypes[0]
  left join pg_class r on r.oid = given.typrelid
  left join pg_namespace rn on rn.oid = r.relnamespace
  where n.nspname = any ($1)
    and p.prokind = 'a'
    and p.pronargs = 1
    and (r.relkind in ('r', 'p', 'v', 'm', 'f') or given.typname = 'anyelement')
),
functions as (
  select media.nspname as schema, media.typname as name, n.nspname as target_schema, p.proname as target, media.typname, base
  from media
  join pg_proc p on p.prorettype = media.oid
  join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = any ($1)
    and p.prokind = 'f'
    and not p.proretset
)
select coalesce(json_agg(json_build_object(
  'schema', found.schema,
  'name', found.name,
  'target', case when found.target is not null then json_build_array(found.target_schema, found.target) end,
  'media_type', lower(found.typname),
  'base_type', found.base
)), '[]')
from (
  select * from aggregates
  union all
  select * from functions
) as found
