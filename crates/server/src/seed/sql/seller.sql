-- A member of the selling team; invited, so nobody can sign in as them. $1 workspace_id, $2 user_id, $3 full_name.
with seller as (
  insert into auth.users (id, invited_at, user_metadata)
  values ($2, now(), jsonb_build_object('full_name', $3::text))
  on conflict (id) do nothing
)
insert into public.memberships (workspace_id, id, user_id, role, status, full_name)
values ($1, $2, $2, 'member', 'invited', $3)
on conflict do nothing
