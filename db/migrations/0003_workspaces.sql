-- The tenant, who belongs to it, and its teams.

create table public.workspaces (
  id uuid primary key default app.uuid_v7(),
  name text not null,
  currency text not null default 'USD',
  timezone text not null default 'UTC',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  version bigint not null default 1,
  constraint workspaces_name_not_blank check (btrim(name) <> ''),
  constraint workspaces_currency_is_iso check (currency ~ '^[A-Z]{3}$')
);
alter table auth.users add constraint users_current_workspace_id_fkey
  foreign key (current_workspace_id) references public.workspaces (id) on delete set null;
create index users_current_workspace_id_idx on auth.users (current_workspace_id);

create table public.memberships (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  role text not null default 'member',
  status text not null default 'active',
  full_name text not null default '',
  email text,
  job_title text,
  team_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint memberships_user_id_key unique (workspace_id, user_id),
  constraint memberships_role_is_known check (role in ('owner', 'admin', 'manager', 'member', 'viewer')),
  constraint memberships_status_is_known check (status in ('invited', 'active', 'disabled'))
);
comment on table public.memberships is 'A user in a workspace: role, team and the name colleagues see.';

create table public.teams (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  region text,
  manager_user_id uuid,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint teams_name_not_blank check (btrim(name) <> ''),
  constraint teams_manager_user_id_fkey foreign key (workspace_id, manager_user_id)
    references public.memberships (workspace_id, user_id) on delete set null (manager_user_id)
);
alter table public.memberships add constraint memberships_team_id_fkey
  foreign key (workspace_id, team_id) references public.teams (workspace_id, id) on delete set null (team_id);

-- A workspace always keeps an owner, and only an owner makes or unmakes one.
create function app.guard_owners() returns trigger
  language plpgsql
  as $$
begin
  if tg_op = 'UPDATE' and new.role is distinct from old.role
     and 'owner' in (old.role, new.role) and app.workspace_role() is distinct from 'owner' then
    raise exception 'Only an owner may grant or withdraw the owner role'
      using errcode = '42501', column = 'role', table = 'memberships';
  end if;
  if old.role = 'owner' and (tg_op = 'DELETE' or new.role <> 'owner' or new.status = 'disabled')
     and not exists (
       select from public.memberships m
       where m.workspace_id = old.workspace_id and m.id <> old.id and m.role = 'owner' and m.status = 'active')
     and exists (select from public.workspaces w where w.id = old.workspace_id) then
    raise exception 'A workspace needs at least one owner'
      using errcode = '23514', constraint = 'memberships_keep_one_owner', column = 'role', table = 'memberships';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end
$$;
create trigger guard_owners before update or delete on public.memberships
  for each row when (current_user <> 'rapport_system') execute function app.guard_owners();
