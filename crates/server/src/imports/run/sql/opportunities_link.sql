-- Owner, organization, contact and product of each opportunity; one without a name is called after what it is about.
update stage_opportunities s
set owner_id = u.id, organization_id = o.id, contact_id = c.id, product_id = p.id
from stage_opportunities t
left join refs u on u.kind = 'members' and u.value = t.owner
left join refs o on o.kind = 'organizations' and o.value = t.organization
left join refs c on c.kind = 'contacts' and c.value = t.contact
left join refs p on p.kind = 'products' and p.value = t.product
where s.seq = t.seq;
update stage_opportunities s
set name = coalesce(nullif(concat_ws(' – ', o.name, p.name), ''), 'Opportunity ' || coalesce(t.external_id, 'of line ' || t.line))
from stage_opportunities t
left join public.organizations o on o.workspace_id = app.workspace_id() and o.id = t.organization_id
left join public.products p on p.workspace_id = app.workspace_id() and p.id = t.product_id
where s.seq = t.seq and t.name is null
