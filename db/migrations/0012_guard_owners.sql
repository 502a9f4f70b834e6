-- An administrator could remove or disable one of two owners; only an owner may.

create or replace function app.guard_owners() returns trigger
  language plpgsql
  as $$
begin
  if app.workspace_role() is distinct from 'owner' and (
    tg_op = 'DELETE' and old.role = 'owner'
    or tg_op = 'UPDATE' and new.role is distinct from old.role and 'owner' in (old.role, new.role)
    or tg_op = 'UPDATE' and old.role = 'owner' and new.status is distinct from old.status
  ) then
    raise exception 'Only an owner may make, unmake or remove an owner'
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
