-- What the indexes of 0010 do as well.
drop index public.opportunities_organization_id_idx;
drop index public.opportunity_items_opportunity_id_idx;
drop index public.opportunity_items_product_id_idx;
drop index public.activities_contact_id_idx;
drop index public.activities_organization_id_idx;
drop index public.activities_opportunity_id_idx;
