-- no-transaction
-- The dashboard sums closed opportunities by stage and by month: this index answers both without touching the table.

create index concurrently opportunities_closed_totals_idx on public.opportunities (workspace_id, stage_id, closed_at desc) include (amount) where deleted_at is null and status <> 'open';
