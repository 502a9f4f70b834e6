-- The sales team. $1 workspace_id, $2 records.
with team as (
  insert into public.teams (workspace_id, id, name, region, manager_user_id)
  select $1, md5($1::uuid::text || 'team')::uuid, 'Sales', 'Central Europe', m.user_id
  from public.memberships m
  where m.workspace_id = $1 and m.role = 'manager' and $2::jsonb is not null
  returning id
)
update public.memberships m
set team_id = team.id
from team
where m.workspace_id = $1 and m.role = 'member'
