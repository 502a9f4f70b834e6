-- Going on from a row in a list that is sorted by a field of the workspace's own, at the same price at any depth: a comparison
-- of a member is not leakproof, so under a policy it can never start in the index. The ids that follow are found below it.

create function app.ids_after(
  target text, column_name text, member text, as_text boolean, descending boolean, value text, id uuid, included boolean, most integer) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  set enable_seqscan = off
  set enable_sort = off
  as $$
declare
  key text := format(case when as_text then 'left(t.%I ->> %L, 500)' else '(t.%I -> %L)' end, column_name, member);
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
  execute format(
    'select array_agg(id) from (
       select t.id from public.%1$I t
       where t.workspace_id = $1 and t.deleted_at is null and (%2$s, t.id) %3$s (%4$s, $2)
       order by %2$s %5$s nulls last, t.id %5$s
       limit $3) as found',
    target, key, case when descending then '<' else '>' end || case when included then '=' else '' end,
    case when as_text then quote_literal(value) else quote_literal(value) || '::jsonb' end, case when descending then 'desc' else 'asc' end)
  into ids using app.workspace_id(), id, most;
  return coalesce(ids, '{}');
end
$$;
comment on function app.ids_after(text, text, text, boolean, boolean, text, uuid, boolean, integer) is
  'Ids of the caller''s rows that follow a value and an id in the order of a member of a JSON column, the next "most" of them, by the index for it.';
revoke all on function app.ids_after(text, text, text, boolean, boolean, text, uuid, boolean, integer) from public;
grant execute on function app.ids_after(text, text, text, boolean, boolean, text, uuid, boolean, integer) to authenticated, rapport_viewer, rapport_system;
grant create on schema app to rapport_system;
alter function app.ids_after(text, text, text, boolean, boolean, text, uuid, boolean, integer) owner to rapport_system;
revoke create on schema app from rapport_system;
