-- Every name by which some staged row refers to another record.
insert into refs (kind, value, make, rows, as_manager)
select n.kind, n.value, bool_or(l.missing = 'create'), count(*), bool_or(n.slot = 'manager')
from (
  select 'members' as kind, manager as value, file, 'manager' as slot from stage_members
  union all select 'members', owner, file, 'owner' from stage_organizations
  union all select 'members', owner, file, 'owner' from stage_contacts
  union all select 'members', owner, file, 'owner' from stage_opportunities
  union all select 'members', owner, file, 'owner' from stage_activities
  union all select 'products', product, file, 'product' from stage_opportunities
  union all select 'products', product, file, 'product' from stage_opportunity_items
  union all select 'organizations', parent, file, 'parent' from stage_organizations
  union all select 'organizations', organization, file, 'organization' from stage_contacts
  union all select 'organizations', organization, file, 'organization' from stage_opportunities
  union all select 'organizations', organization, file, 'organization' from stage_activities
  union all select 'contacts', contact, file, 'contact' from stage_opportunities
  union all select 'contacts', contact, file, 'contact' from stage_activities
  union all select 'opportunities', opportunity, file, 'opportunity' from stage_opportunity_items
  union all select 'opportunities', opportunity, file, 'opportunity' from stage_activities
) n
left join stage_links l on l.file = n.file and l.slot = n.slot
where n.value is not null
group by n.kind, n.value;
update refs
set key = case when position('@' in value) > 0 then lower(value) else app.fold(value) end,
    squashed = regexp_replace(app.fold(value), '[[:space:][:punct:]]', '', 'g');
analyze refs
