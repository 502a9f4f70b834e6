-- Owner and organization of each contact.
update stage_contacts s
set owner_id = u.id, organization_id = o.id
from stage_contacts t
left join refs u on u.kind = 'members' and u.value = t.owner
left join refs o on o.kind = 'organizations' and o.value = t.organization
where s.seq = t.seq and (u.id is not null or o.id is not null)
