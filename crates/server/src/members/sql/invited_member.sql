-- Somebody who was invited and has not come yet.
-- $1 workspace_id uuid, $2 membership_id uuid; zero or one row, through memberships_pkey.
select to_jsonb(m) as membership, m.user_id, u.encrypted_password is not null as has_account
from public.memberships m
join auth.users u on u.id = m.user_id
where m.workspace_id = $1
  and m.id = $2
  and m.status = 'invited'
