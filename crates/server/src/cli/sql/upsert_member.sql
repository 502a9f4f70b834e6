-- Their membership, and the workspace they open. $1 workspace_id, $2 user_id, $3 role, $4 full_name, $5 email.
with membership as (
  insert into public.memberships (workspace_id, user_id, role, full_name, email)
  values ($1, $2, $3, $4, $5)
  on conflict (workspace_id, user_id) do update
  set role = excluded.role, status = 'active'
)
update auth.users
set current_workspace_id = $1
where id = $2
