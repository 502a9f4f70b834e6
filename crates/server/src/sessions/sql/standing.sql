-- A live session's user, and the workspace it opens: the one chosen last, else the oldest membership.
-- $1 session_id uuid, $2 user_id uuid; zero or one row, through sessions_pkey and memberships_user_id_idx.
select u.banned_until, m.workspace_id, m.role
from auth.sessions s
join auth.users u on u.id = s.user_id
left join lateral (
  select m.workspace_id, m.role
  from public.memberships m
  where m.user_id = s.user_id
    and m.status = 'active'
  order by m.workspace_id = u.current_workspace_id desc nulls last, m.created_at
  limit 1
) m on true
where s.id = $1
  and s.user_id = $2
  and u.deleted_at is null
