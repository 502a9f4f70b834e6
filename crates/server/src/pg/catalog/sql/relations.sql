-- Tables and views of the exposed schemas with their columns and keys, in the shape of schema::Relation.
-- $1 schemas; one row, one list.
with casts as (
  select castsource, casttarget, castfunc::regproc::text as function
  from pg_cast
  where castcontext = 'i'
    and castmethod = 'f'
    and has_function_privilege(castfunc, 'execute')
),
enums as (
  select enumtypid as type, json_agg(enumlabel order by enumsortorder) as labels
  from pg_enum
  group by enumtypid
)
select coalesce(json_agg(json_build_object(
  'oid', c.oid::bigint,
  'schema', n.nspname,
  'name', c.relname,
  'kind', case c.relkind when 'v' then 'View' when 'm' then 'MaterializedView' when 'f' then 'ForeignTable' else 'Table' end,
  'columns', columns.list,
  'primary_key', coalesce(keys.primary_key, '[]'),
  'unique_keys', coalesce(keys.unique_keys, '[]'),
  'indexes', coalesce(indexes.list, '[]'),
  -- By its size, because a table may be large before anybody has analyzed it; a row and its conditions by the usual costs.
  'whole_cost', (coalesce(pg_relation_size(c.oid), 0) / current_setting('block_size')::bigint + greatest(c.reltuples, 0) * 0.02)::bigint,
  'row_security', c.relrowsecurity,
  'insertable', changes.possible & 8 = 8,
  'updatable', changes.possible & 4 = 4,
  'deletable', changes.possible & 16 = 16,
  'comment', obj_description(c.oid, 'pg_class')
) order by n.nspname, c.relname), '[]')
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
cross join lateral (select pg_relation_is_updatable(c.oid, true) as possible offset 0) as changes
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'name', a.attname,
    'type_name', t.typname,
    'sql_type', format_type(a.atttypid, a.atttypmod),
    'nullable', not (a.attnotnull or t.typtype = 'd' and t.typnotnull),
    'has_default', a.atthasdef or a.attidentity <> '',
    'default_sql', case
      when a.attgenerated <> '' then null
      -- By its dependency: pg_get_serial_sequence() refuses whoever may not use the schema.
      when a.attidentity = 'd' then (
        select format('nextval(%L::regclass)', p.objid::regclass)
        from pg_depend p
        where (p.classid, p.refclassid, p.deptype) = ('pg_class'::regclass, 'pg_class'::regclass, 'i')
          and (p.refobjid, p.refobjsubid) = (c.oid, a.attnum))
      else coalesce(pg_get_expr(d.adbin, d.adrelid), pg_get_expr(t.typdefaultbin, 0)) end,
    'generated', a.attgenerated <> '' or a.attidentity = 'a',
    'search', coalesce(about.description like '@search%', false),
    'search_sources', case
      when about.description like '@search%' then (
        -- A column that goes in as its digits only is no source: what is found in it need not be in the search text.
        select coalesce(json_agg(s.attname order by s.attnum), '[]')
        from pg_attribute s
        where s.attrelid = c.oid
          and s.atttypid in ('text'::regtype, 'varchar'::regtype)
          and pg_get_expr(d.adbin, d.adrelid) !~ format('app\.(digits|labelled_\w+)\(%s\)', s.attname)
          and exists (
            select from pg_depend p
            where p.refclassid = 'pg_class'::regclass
              and p.refobjid = c.oid
              and p.refobjsubid = s.attnum
              and s.attnum <> a.attnum
              and (p.classid, p.objid) = ('pg_attrdef'::regclass, d.oid)))
      else '[]' end,
    'enum_values', coalesce(e.labels, '[]'),
    'max_length', case
      when a.atttypid in ('varchar'::regtype, 'bpchar'::regtype) and a.atttypmod > 4 then a.atttypmod - 4 end,
    'representation', case when t.typtype = 'd' then (
      select json_build_object(
        'to_json', max(f.function) filter (where f.castsource = t.oid and f.casttarget = 'json'::regtype),
        'from_json', max(f.function) filter (where f.castsource = 'json'::regtype and f.casttarget = t.oid),
        'from_text', max(f.function) filter (where f.castsource = 'text'::regtype and f.casttarget = t.oid))
      from casts f) else '{}' end,
    'comment', about.description
  ) order by a.attnum), '[]') as list
  from pg_attribute a
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
  left join enums e on e.type = coalesce(nullif(t.typbasetype, 0), t.oid)
  left join pg_description about
    on about.objoid = a.attrelid and about.classoid = 'pg_class'::regclass and about.objsubid = a.attnum
  where a.attrelid = c.oid
    and a.attnum > 0
    and not a.attisdropped
) as columns
cross join lateral (
  select
    json_agg(k.names) filter (where k.indisprimary) -> 0 as primary_key,
    json_agg(k.names) as unique_keys
  from (
    select i.indisprimary, json_agg(a.attname order by position.nth) as names
    from pg_index i
    cross join lateral unnest(i.indkey::int2[]) with ordinality as position (attnum, nth)
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = position.attnum
    where i.indrelid = c.oid
      and i.indisunique
      and i.indisvalid
      and i.indpred is null
      and i.indexprs is null
      and position.nth <= i.indnkeyatts
    group by i.indexrelid, i.indisprimary
  ) as k
) as keys
cross join lateral (
  select json_agg(json_build_object(
    'name', x.relname,
    'method', m.amname,
    'predicate', pg_get_expr(i.indpred, i.indrelid, true),
    'keys', (
      select json_agg(case
        when a.attname is not null then json_build_object('column', a.attname)
        -- As the product makes them for the fields of a workspace: the text cut at schema::MEMBER_PREFIX, or the JSON value.
        when text_of is not null then
          json_build_object('member', json_build_object('column', text_of[1], 'key', text_of[2], 'as_text', true))
        when json_of is not null then
          json_build_object('member', json_build_object('column', json_of[1], 'key', json_of[2], 'as_text', false))
        else json_build_object('expression', definition) end order by nth)
      from generate_series(1, i.indnkeyatts) as nth
      cross join lateral pg_get_indexdef(i.indexrelid, nth, true) as definition
      cross join lateral regexp_match(definition, '^"left"\((\w+) ->> ''(\w+)''::text, 500\)$') as text_of
      cross join lateral regexp_match(definition, '^\((\w+) -> ''(\w+)''::text\)$') as json_of
      left join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[nth - 1] and a.attnum <> 0)
  ) order by x.relname) as list
  from pg_index i
  join pg_class x on x.oid = i.indexrelid
  join pg_am m on m.oid = x.relam
  where i.indrelid = c.oid
    and i.indisvalid
    and i.indisready
) as indexes
where n.nspname = any ($1)
  and c.relkind in ('r', 'p', 'v', 'm', 'f')
  and not c.relispartition
