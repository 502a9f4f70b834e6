-- no-transaction
-- The dashboard sums closed opportunities by stage and by month: this index answers both without touching the table.
create index concurrently opportunities_closed_totals_idx on public.opportunities (workspace_id, stage_id, closed_at desc) include (amount) where deleted_at is null and status <> 'open';
-- It also counts opportunities that belong to no organization; the index by organization holds deleted ones too.
create index concurrently opportunities_without_organization_idx on public.opportunities (workspace_id) where deleted_at is null and organization_id is null;
