-- A member whose account reaches into no other workspace.
-- $1 workspace_id uuid, $2 membership_id uuid; zero or one row, through memberships_pkey and memberships_user_id_idx.
select m.user_id, m.role
from public.memberships m
where m.workspace_id = $1
  and m.id = $2
  and m.status = 'active'
  and not exists (
    select
    from public.memberships elsewhere
    where elsewhere.user_id = m.user_id
      and elsewhere.workspace_id <> $1
  )
