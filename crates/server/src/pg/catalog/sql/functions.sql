-- Functions of the exposed schemas that a client may call, in the shape of schema::Function. An argument without a name
-- cannot be given, unless it is the only one and takes the whole body.
-- $1 schemas; one row, one list.
select coalesce(json_agg(json_build_object(
  'schema', n.nspname,
  'name', p.proname,
  'arguments', arguments.list,
  'returns', case
    when p.prorettype = 'void'::regtype then '"Void"'::json
    when rc.relkind in ('r', 'p', 'v', 'm', 'f') then json_build_object(
      'Relation', json_build_object('schema', rn.nspname, 'name', rc.relname, 'set', p.proretset))
    when rt.typtype = 'c' or p.proargmodes && '{o,b,t}' then json_build_object(
      'Composite', json_build_object('set', p.proretset))
    else json_build_object('Scalar', json_build_object('set', p.proretset)) end,
  'volatility', case p.provolatile when 'i' then 'Immutable' when 's' then 'Stable' else 'Volatile' end,
  'variadic', p.provariadic <> 0,
  'settings', (
    select coalesce(json_agg(json_build_array(
      split_part(given.text, '=', 1), substr(given.text, strpos(given.text, '=') + 1))), '[]')
    from unnest(p.proconfig) as given (text)),
  'comment', obj_description(p.oid, 'pg_proc')
) order by n.nspname, p.proname, p.oid), '[]')
from pg_proc p
join pg_namespace n on n.oid = p.pronamespace
join pg_type declared on declared.oid = p.prorettype
join pg_type rt on rt.oid = coalesce(nullif(declared.typbasetype, 0), declared.oid)
left join pg_class rc on rc.oid = rt.typrelid
left join pg_namespace rn on rn.oid = rc.relnamespace
cross join lateral (
  select coalesce(json_agg(json_build_object(
    'name', coalesce(given.name, ''),
    -- As a column of a record these would be cut to their length, as an argument they are not.
    'sql_type', case given.type
      when 'bit'::regtype then 'bit varying'
      when 'bit[]'::regtype then 'bit varying[]'
      when 'bpchar'::regtype then 'character varying'
      when 'bpchar[]'::regtype then 'character varying[]'
      else format_type(given.type, null) end,
    'required', given.input <= p.pronargs - p.pronargdefaults,
    'variadic', given.mode = 'v'
  ) order by given.input), '[]') as list, count(*) filter (where coalesce(given.name, '') = '') as nameless
  from (
    select
      p.proargnames[nth] as name,
      every.type,
      coalesce(p.proargmodes[nth], 'i') as mode,
      row_number() over (order by nth) as input
    from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as every (type, nth)
    where coalesce(p.proargmodes[nth], 'i') in ('i', 'b', 'v')
  ) as given
) as arguments
where n.nspname = any ($1)
  and p.prokind = 'f'
  and (
    arguments.nameless = 0
    or (arguments.nameless, p.pronargs) = (1, 1)
      and p.proargtypes[0] in ('json'::regtype, 'jsonb'::regtype, 'text'::regtype, 'xml'::regtype, 'bytea'::regtype))
  and p.prorettype not in ('trigger'::regtype, 'event_trigger'::regtype, 'internal'::regtype)
  and not exists (
    select from pg_depend d
    where d.classid = 'pg_proc'::regclass
      and d.objid = p.oid
      and d.deptype = 'e')
