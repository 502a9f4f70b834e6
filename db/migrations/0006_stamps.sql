-- What the database keeps itself, so that no client can forge or forget it: authorship, versions, what a stage implies.

create function app.stamp_insert() returns trigger
  language plpgsql
  as $$
begin
  new.created_at := now();
  new.updated_at := now();
  new.created_by := app.user_id();
  new.updated_by := app.user_id();
  new.version := 1;
  return new;
end
$$;

create function app.stamp_update() returns trigger
  language plpgsql
  as $$
begin
  if current_user <> 'rapport_system' then
    new.workspace_id := old.workspace_id;
    new.created_at := old.created_at;
    new.created_by := old.created_by;
    new.updated_by := app.user_id();
  end if;
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end
$$;

do $$
declare
  record_table text;
begin
  foreach record_table in array array[
    'memberships', 'teams', 'organizations', 'contacts', 'pipelines', 'stages', 'opportunities',
    'opportunity_contacts', 'products', 'opportunity_items', 'activities', 'tags', 'custom_fields', 'imports'] loop
    execute format(
      'create trigger stamp_insert before insert on public.%I for each row when (current_user <> %L) execute function app.stamp_insert()',
      record_table, 'rapport_system');
    execute format(
      'create trigger stamp_update before update on public.%I for each row execute function app.stamp_update()',
      record_table);
  end loop;
end
$$;

create function app.stamp_workspace() returns trigger
  language plpgsql
  as $$
begin
  new.id := old.id;
  new.created_at := old.created_at;
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end
$$;
create trigger stamp_update before update on public.workspaces for each row execute function app.stamp_workspace();

-- The stage decides status and probability; entering or leaving a closed stage sets or clears closed_at.
create function app.follow_stage() returns trigger
  language plpgsql
  as $$
declare
  stage record;
begin
  if new.stage_id is null then
    select s.id, s.pipeline_id, s.kind, s.probability_percent into stage
    from public.stages s
    join public.pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
    where s.workspace_id = new.workspace_id and s.deleted_at is null and p.deleted_at is null
      and (new.pipeline_id is null or s.pipeline_id = new.pipeline_id) and s.kind = 'open'
    order by p.is_default desc, p.position, s.position
    limit 1;
    new.stage_id := stage.id;
  else
    select s.id, s.pipeline_id, s.kind, s.probability_percent into stage
    from public.stages s
    where s.workspace_id = new.workspace_id and s.id = new.stage_id;
  end if;
  if stage.id is null then
    return new; -- The foreign key says it better.
  end if;
  new.pipeline_id := stage.pipeline_id;
  new.status := stage.kind;
  if tg_op = 'INSERT' then
    new.probability_percent := coalesce(new.probability_percent, stage.probability_percent);
  elsif new.stage_id is distinct from old.stage_id then
    new.stage_changed_at := now();
    if new.probability_percent is not distinct from old.probability_percent then
      new.probability_percent := stage.probability_percent;
    end if;
  end if;
  if stage.kind = 'open' then
    new.closed_at := null;
    new.lost_reason := null;
  else
    new.closed_at := coalesce(new.closed_at, now());
    if stage.kind = 'won' then
      new.lost_reason := null;
    end if;
  end if;
  return new;
end
$$;
create trigger follow_stage_insert before insert on public.opportunities
  for each row execute function app.follow_stage();
create trigger follow_stage_update before update of stage_id, pipeline_id, status, closed_at on public.opportunities
  for each row execute function app.follow_stage();
