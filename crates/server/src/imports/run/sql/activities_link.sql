-- Owner, contact, organization and opportunity of each activity.
update stage_activities s
set owner_id = u.id, organization_id = o.id, contact_id = c.id, opportunity_id = d.id
from stage_activities t
left join refs u on u.kind = 'members' and u.value = t.owner
left join refs o on o.kind = 'organizations' and o.value = t.organization
left join refs c on c.kind = 'contacts' and c.value = t.contact
left join refs d on d.kind = 'opportunities' and d.value = t.opportunity
where s.seq = t.seq
