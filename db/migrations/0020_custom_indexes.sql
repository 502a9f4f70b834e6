-- Records are found by a workspace's own fields and by tags without reading all of them. ->> and @> are not leakproof, so under
-- a policy they can never be index conditions: a function asks the index below row-level security, as app.matching_ids does.

alter table public.custom_fields add column indexed boolean;
comment on column public.custom_fields.indexed is
  'Are records filtered and sorted by it at any size: the server then keeps indexes for it. Null: every type but text is.';

create function app.ids_where(
  target text, column_name text, member text, as_text boolean, operator text, wanted text, most integer default 5000) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  -- Who asks has seen the index; a wrong guess of how common a value is must not read the table instead.
  set enable_seqscan = off
  as $$
declare
  condition text;
  ids uuid[];
begin
  if not exists (
    select from pg_attribute a
    where a.attrelid = to_regclass(format('public.%I', target))
      and a.attname in ('workspace_id', 'deleted_at', 'id', column_name)
      and not a.attisdropped
    having count(*) = 4) then
    raise exception 'table % has no column %', target, column_name using errcode = '42703';
  end if;
  condition := case
    when member is null and operator = '@>' then format('t.%I @> %L', column_name, wanted)
    when member is null or operator not in ('=', '<', '<=', '>', '>=', 'in') then null
    -- An index holds the first 500 characters, so these are candidates.
    when as_text and operator = 'in' then
      format('left(t.%I ->> %L, 500) = any (array(select left(v, 500) from unnest(%L::text[]) as v))', column_name, member, wanted)
    when as_text then
      format('left(t.%I ->> %L, 500) %s left(%L, 500)', column_name, member, case operator when '<' then '<=' when '>' then '>=' else operator end, wanted)
    when operator = 'in' then
      format('t.%I -> %L = any (array(select v::jsonb from unnest(%L::text[]) as v))', column_name, member, wanted)
    else format('t.%I -> %L %s %L::jsonb', column_name, member, operator, wanted)
  end;
  if condition is null then
    raise exception 'no index is asked by %', operator using errcode = '0A000';
  end if;
  execute format(
    'select array_agg(id) from (
       select t.id from public.%I t
       where t.workspace_id = $1 and t.deleted_at is null and %s
       limit $2) as found', target, condition)
  into ids using app.workspace_id(), most + 1;
  if cardinality(ids) > most then
    return null;
  end if;
  return coalesce(ids, '{}');
end
$$;
comment on function app.ids_where(text, text, text, boolean, text, text, integer) is
  'Ids of the caller''s rows that may fulfil a condition on a member of a JSON column or on a list, by the index for it; null when there are more than "most", and the caller should walk its sort index instead.';
revoke all on function app.ids_where(text, text, text, boolean, text, text, integer) from public;
grant execute on function app.ids_where(text, text, text, boolean, text, text, integer) to authenticated, rapport_viewer, rapport_system;
grant create on schema app to rapport_system;
alter function app.ids_where(text, text, text, boolean, text, text, integer) owner to rapport_system;
revoke create on schema app from rapport_system;
