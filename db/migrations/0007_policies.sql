-- Who may see and change what. Policies compare a column with a value that is worked out once per statement: (select ...).

grant select on all tables in schema public to authenticated, rapport_viewer;
grant insert, update, delete on
  public.organizations, public.contacts, public.opportunities, public.opportunity_contacts, public.opportunity_items,
  public.products, public.activities, public.tags, public.teams, public.pipelines, public.stages, public.custom_fields
  to authenticated;
-- Members arrive by invitation, workspaces by sign-up, imports by the import routes: none by a plain insert.
grant update (role, status, full_name, job_title, team_id), delete on public.memberships to authenticated;
grant update (name, currency, timezone) on public.workspaces to authenticated;
grant select, insert, update, delete on all tables in schema public to rapport_system;

do $$
declare
  target text;
begin
  foreach target in array array[
    'workspaces', 'memberships', 'teams', 'organizations', 'contacts', 'pipelines', 'stages', 'opportunities',
    'opportunity_contacts', 'products', 'opportunity_items', 'activities', 'tags', 'custom_fields', 'imports'] loop
    execute format('alter table public.%I enable row level security', target);
    execute format('alter table public.%I force row level security', target);
    execute format('create policy system on public.%I to rapport_system using (true) with check (true)', target);
    if target <> 'workspaces' then
      execute format(
        'create policy read on public.%I for select to authenticated, rapport_viewer
           using (workspace_id = (select app.workspace_id()))', target);
    end if;
  end loop;

  -- Records: whoever may write, writes; only curators delete for good.
  foreach target in array array[
    'organizations', 'contacts', 'opportunities', 'activities', 'tags'] loop
    execute format(
      'create policy add on public.%I for insert to authenticated
         with check (workspace_id = (select app.workspace_id()) and (select app.may_write()))', target);
    execute format(
      'create policy change on public.%I for update to authenticated
         using (workspace_id = (select app.workspace_id()) and (select app.may_write()))
         with check (workspace_id = (select app.workspace_id()))', target);
    execute format(
      'create policy remove on public.%I for delete to authenticated
         using (workspace_id = (select app.workspace_id()) and (select app.may_curate()))', target);
  end loop;

  -- Parts of a record: writers take them off again too.
  foreach target in array array['opportunity_contacts', 'opportunity_items'] loop
    execute format(
      'create policy write on public.%I to authenticated
         using (workspace_id = (select app.workspace_id()) and (select app.may_write()))
         with check (workspace_id = (select app.workspace_id()) and (select app.may_write()))', target);
  end loop;

  execute
    'create policy write on public.products to authenticated
       using (workspace_id = (select app.workspace_id()) and (select app.may_curate()))
       with check (workspace_id = (select app.workspace_id()) and (select app.may_curate()))';

  foreach target in array array['teams', 'pipelines', 'stages', 'custom_fields'] loop
    execute format(
      'create policy write on public.%I to authenticated
         using (workspace_id = (select app.workspace_id()) and (select app.may_manage()))
         with check (workspace_id = (select app.workspace_id()) and (select app.may_manage()))', target);
  end loop;
end
$$;

create policy manage_change on public.memberships for update to authenticated
  using (workspace_id = (select app.workspace_id()) and (select app.may_manage()))
  with check (workspace_id = (select app.workspace_id()));
create policy manage_remove on public.memberships for delete to authenticated
  using (workspace_id = (select app.workspace_id()) and (select app.may_manage()));

create policy read on public.workspaces for select to authenticated, rapport_viewer
  using (id = (select app.workspace_id()));
create policy manage_change on public.workspaces for update to authenticated
  using (id = (select app.workspace_id()) and (select app.may_manage()))
  with check (id = (select app.workspace_id()));

-- Text search below row-level security. LIKE is not leakproof, so under a policy it can never be an index condition.
-- This function asks the trigram index as rapport_system, but only ever inside the caller's own workspace, and hands
-- back ids; the statement joins them to the protected table, whose policy still decides.
create function app.matching_ids(target text, fragments text[], every boolean default false, most integer default 5000) returns uuid[]
  language plpgsql stable security definer
  set search_path = pg_catalog, pg_temp
  as $$
declare
  condition text;
  ids uuid[];
begin
  if not exists (
    select from pg_attribute a
    where a.attrelid = to_regclass(format('public.%I', target)) and a.attname = 'search_text' and a.attgenerated = 's') then
    raise exception 'table % has no search column', target using errcode = '42703';
  end if;
  select string_agg(
    case
      when length(fragment) >= 3 then format('t.search_text like %L', '%' || replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_') || '%')
      when length(fragment) = 2 then format('app.letter_pairs(t.search_text) @> array[%L]', fragment)
      else 'true'
    end, case when every then ' and ' else ' or ' end)
  into condition
  from (select app.fold(f) as fragment from unnest(fragments) as f) as folded;
  if condition is null then
    return null;
  end if;
  execute format(
    'select array_agg(id) from (
       select t.id from public.%I t
       where t.workspace_id = $1 and t.deleted_at is null and (%s)
       limit $2) as found', target, condition)
  into ids using app.workspace_id(), most + 1;
  if cardinality(ids) > most then
    return null;
  end if;
  return coalesce(ids, '{}');
end
$$;
comment on function app.matching_ids(text, text[], boolean, integer) is
  'Ids of the caller''s rows whose search text holds any (or every) of the fragments; null when there are more than "most", and the caller should walk its sort index instead.';
revoke all on function app.matching_ids(text, text[], boolean, integer) from public;
grant execute on function app.matching_ids(text, text[], boolean, integer) to authenticated, rapport_viewer, rapport_system;
grant create on schema app to rapport_system;
alter function app.matching_ids(text, text[], boolean, integer) owner to rapport_system;
revoke create on schema app from rapport_system;
