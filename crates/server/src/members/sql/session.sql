-- What the web app needs to know about who is signed in.
-- $1 user_id uuid, $2 workspace_id uuid; one row, through users_pkey, workspaces_pkey and memberships_user_id_idx.
select json_build_object(
  'user', json_build_object(
    'id', u.id,
    'email', u.email,
    'full_name', coalesce(nullif(here.full_name, ''), u.user_metadata ->> 'full_name', u.email, '')
  ),
  'workspace', json_build_object(
    'id', w.id,
    'name', w.name,
    'currency', w.currency,
    'timezone', w.timezone
  ),
  'role', here.role,
  'memberships', (
    select json_agg(json_build_object('workspace_id', m.workspace_id, 'name', other.name, 'role', m.role)
      order by other.name, m.workspace_id)
    from public.memberships m
    join public.workspaces other on other.id = m.workspace_id
    where m.user_id = u.id
      and m.status = 'active'
  )
)::text
from auth.users u
join public.memberships here on here.user_id = u.id and here.workspace_id = $2
join public.workspaces w on w.id = here.workspace_id
where u.id = $1
