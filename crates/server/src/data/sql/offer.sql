-- What the asker may use of a schema, in the shape of query::openapi::Offer. Runs as the asker.
-- $1 schema, $2 is everything told, whoever asks; zero or one row.
select json_build_object(
  'comment', obj_description(n.oid, 'pg_namespace'),
  'relations', (
    select coalesce(json_agg(json_build_object(
      'name', c.relname,
      'insert', has_table_privilege(c.oid, 'insert') or has_any_column_privilege(c.oid, 'insert'),
      'update', has_table_privilege(c.oid, 'update') or has_any_column_privilege(c.oid, 'update'),
      'delete', has_table_privilege(c.oid, 'delete'),
      'base_types', (
        with recursive below (name, type) as (
          select a.attname, t.typbasetype
          from pg_attribute a
          join pg_type t on t.oid = a.atttypid
          where a.attrelid = c.oid
            and a.attnum > 0
            and not a.attisdropped
            and t.typtype = 'd'
          union all
          select below.name, t.typbasetype
          from below
          join pg_type t on t.oid = below.type
          where t.typtype = 'd'
        )
        select coalesce(json_object_agg(below.name, format_type(t.oid, null)), '{}')
        from below
        join pg_type t on t.oid = below.type
        where t.typtype <> 'd')
    ) order by c.relname), '[]')
    from pg_class c
    where c.relnamespace = n.oid
      and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not c.relispartition
      and ($2::boolean
        or has_table_privilege(c.oid, 'select, insert, update, delete, truncate, references, trigger')
        or has_any_column_privilege(c.oid, 'select, insert, update, references'))),
  'functions', (
    select coalesce(json_agg(json_build_object(
      'name', p.proname,
      'arguments', (
        select coalesce(json_agg(json_build_object(
          'name', coalesce(p.proargnames[given.nth], ''),
          'type', format_type(given.type, null)
        ) order by given.nth), '[]')
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as given (type, nth)
        where coalesce(p.proargmodes[given.nth], 'i') in ('i', 'b', 'v'))
    ) order by p.proname, p.oid), '[]')
    from pg_proc p
    where p.pronamespace = n.oid
      and p.prokind = 'f'
      and ($2::boolean or has_function_privilege(p.oid, 'execute'))))::text
from pg_namespace n
where n.nspname = $1
