-- The first owner of a workspace, who opens it from now on.
-- $1 workspace_id uuid, $2 user_id uuid, $3 full_name text, $4 email text.
with membership as (
  insert into public.memberships (workspace_id, user_id, role, status, full_name, email, created_by, updated_by)
  values ($1, $2, 'owner', 'active', $3, $4, $2, $2)
)
update auth.users
set current_workspace_id = $1
where id = $2
