-- What leaves by the change stream. FULL: a filter or a policy can be judged on a delete, and an update carries every value.
do $$
declare
  target text;
begin
  foreach target in array array[
    'workspaces', 'memberships', 'teams', 'organizations', 'contacts', 'pipelines', 'stages', 'opportunities',
    'opportunity_contacts', 'products', 'opportunity_items', 'activities', 'tags', 'custom_fields', 'imports'] loop
    execute format('alter table public.%I replica identity full', target);
  end loop;
end
$$;
create publication rapport for table
  public.workspaces, public.memberships, public.teams, public.organizations, public.contacts, public.pipelines, public.stages,
  public.opportunities, public.opportunity_contacts, public.products, public.opportunity_items, public.activities,
  public.tags, public.custom_fields, public.imports,
  -- Not for sockets: a session that ends must end its streams.
  auth.sessions;
