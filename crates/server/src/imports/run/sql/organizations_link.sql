-- The owner of each organization.
update stage_organizations s
set owner_id = u.id
from refs u
where u.kind = 'members' and u.value = s.owner
