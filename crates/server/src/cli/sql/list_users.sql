-- Everybody, with where they belong.
select u.email, m.full_name, w.name, m.role, m.status
from auth.users u
left join public.memberships m on m.user_id = u.id
left join public.workspaces w on w.id = m.workspace_id
where u.deleted_at is null
order by w.name, m.role, u.email
