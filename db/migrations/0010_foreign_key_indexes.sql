-- no-transaction
-- Deleting a record for good looks for the rows that refer to it, deleted ones included, so an index that leaves those out is
-- no help: taking an import back would read a whole table for every record. Lists filter deleted_at on the few rows they read.
create index concurrently contacts_by_organization_idx on public.contacts (workspace_id, organization_id) where organization_id is not null;
create index concurrently opportunities_by_organization_idx on public.opportunities (workspace_id, organization_id, created_at desc);
create index concurrently opportunity_items_by_opportunity_idx on public.opportunity_items (workspace_id, opportunity_id, position);
create index concurrently opportunity_items_by_product_idx on public.opportunity_items (workspace_id, product_id);
create index concurrently activities_by_contact_idx on public.activities (workspace_id, contact_id, occurred_at desc) where contact_id is not null;
create index concurrently activities_by_organization_idx on public.activities (workspace_id, organization_id, occurred_at desc) where organization_id is not null;
create index concurrently activities_by_opportunity_idx on public.activities (workspace_id, opportunity_id, occurred_at desc) where opportunity_id is not null;
