-- The workspace that a user's sessions open from now on, if they belong to it.
-- $1 user_id uuid, $2 workspace_id uuid; zero or one row, through users_pkey and memberships_user_id_key.
update auth.users u
set current_workspace_id = m.workspace_id
from public.memberships m
where u.id = $1
  and m.user_id = u.id
  and m.workspace_id = $2
  and m.status = 'active'
returning u.id
