-- How many live records there are, without counting a million of them.

create function app.live_count(target text, most integer default 10000) returns bigint
  language plpgsql volatile security definer -- explain is not allowed in a stable one
  set search_path = pg_catalog, pg_temp
  as $$
declare
  counted bigint;
  plan json;
begin
  if target not in ('contacts', 'organizations', 'opportunities', 'activities') then
    raise exception 'table % has no live count', target using errcode = '42P01';
  end if;
  execute format(
    'select count(*) from (
       select from public.%I t
       where t.workspace_id = $1 and t.deleted_at is null
       limit $2) as found', target)
  into counted using app.workspace_id(), most + 1;
  if counted <= most then
    return counted;
  end if;
  -- Beyond that the planner's own estimate is near enough for a number nobody counts along with.
  execute format(
    'explain (format json) select from public.%I t where t.workspace_id = %L and t.deleted_at is null',
    target, app.workspace_id())
  into plan;
  return greatest(counted, (plan #>> '{0,Plan,Plan Rows}')::bigint);
end
$$;
comment on function app.live_count(text, integer) is
  'The number of the caller''s records that are not deleted: exact up to "most", the planner''s estimate beyond.';
revoke all on function app.live_count(text, integer) from public;
grant execute on function app.live_count(text, integer) to authenticated, rapport_viewer, rapport_system;
grant create on schema app to rapport_system;
alter function app.live_count(text, integer) owner to rapport_system;
revoke create on schema app from rapport_system;
