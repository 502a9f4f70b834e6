-- An invited user has come: their address is proven and their membership of the inviting workspace is live.
-- $1 user_id uuid, $2 email text or null, $3 workspace_id uuid; one row, through users_pkey and memberships_user_id_key.
with joined as (
  update public.memberships
  set status = 'active',
      email = coalesce($2, email)
  where user_id = $1
    and workspace_id = $3
    and status = 'invited'
  returning workspace_id
)
update auth.users
set email = coalesce($2, email),
    email_confirmed_at = coalesce(email_confirmed_at, now()),
    current_workspace_id = coalesce((select workspace_id from joined), current_workspace_id),
    updated_at = now()
where id = $1
returning id
