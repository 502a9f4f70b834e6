-- no-transaction
-- Every index leads with the workspace; those of lists leave deleted rows out. One statement each: CONCURRENTLY allows no more.

-- Foreign keys. Deleting a record for good looks for the rows that refer to it, deleted ones included: where many rows can
-- refer to one, the index keeps them all, and lists filter deleted_at on the few rows they read.
create index concurrently memberships_user_id_idx on public.memberships (user_id);
create index concurrently memberships_team_id_idx on public.memberships (workspace_id, team_id);
create index concurrently teams_manager_user_id_idx on public.teams (workspace_id, manager_user_id);
create index concurrently organizations_parent_id_idx on public.organizations (workspace_id, parent_id) where parent_id is not null;
create index concurrently organizations_assigned_user_id_idx on public.organizations (workspace_id, assigned_user_id, created_at desc) where deleted_at is null;
create index concurrently contacts_by_organization_idx on public.contacts (workspace_id, organization_id) where organization_id is not null;
create index concurrently contacts_organization_id_idx on public.contacts (workspace_id, organization_id, created_at desc) where deleted_at is null;
create index concurrently contacts_assigned_user_id_idx on public.contacts (workspace_id, assigned_user_id, created_at desc) where deleted_at is null;
create index concurrently stages_pipeline_id_idx on public.stages (workspace_id, pipeline_id, position) where deleted_at is null;
create index concurrently opportunities_organization_id_idx on public.opportunities (workspace_id, organization_id, created_at desc);
create index concurrently opportunities_pipeline_id_idx on public.opportunities (workspace_id, pipeline_id, stage_id) where deleted_at is null;
create index concurrently opportunities_assigned_user_id_idx on public.opportunities (workspace_id, assigned_user_id, created_at desc) where deleted_at is null;
create index concurrently opportunity_contacts_contact_id_idx on public.opportunity_contacts (workspace_id, contact_id);
create index concurrently opportunity_items_opportunity_id_idx on public.opportunity_items (workspace_id, opportunity_id, position);
create index concurrently opportunity_items_product_id_idx on public.opportunity_items (workspace_id, product_id);
create index concurrently activities_contact_id_idx on public.activities (workspace_id, contact_id, occurred_at desc) where contact_id is not null;
create index concurrently activities_organization_id_idx on public.activities (workspace_id, organization_id, occurred_at desc) where organization_id is not null;
create index concurrently activities_opportunity_id_idx on public.activities (workspace_id, opportunity_id, occurred_at desc) where opportunity_id is not null;
create index concurrently activities_assigned_user_id_idx on public.activities (workspace_id, assigned_user_id, due_on) where deleted_at is null and done_at is null and due_on is not null;

-- What must be unique.
create unique index concurrently contacts_email_key on public.contacts (workspace_id, lower(email)) where deleted_at is null and email is not null;
create unique index concurrently tags_name_key on public.tags (workspace_id, lower(name)) where deleted_at is null;
create unique index concurrently products_code_key on public.products (workspace_id, lower(code)) where deleted_at is null and code is not null;
create unique index concurrently pipelines_default_key on public.pipelines (workspace_id) where is_default and deleted_at is null;

-- Finding by mail and by name, as imports do.
create index concurrently organizations_email_idx on public.organizations (workspace_id, lower(email)) where deleted_at is null and email is not null;
create index concurrently organizations_folded_name_idx on public.organizations (workspace_id, app.fold(name)) where deleted_at is null;
create index concurrently memberships_email_idx on public.memberships (workspace_id, lower(email)) where email is not null;

-- The sorts that lists offer; id last makes each a total order for keyset windows.
create index concurrently contacts_created_at_idx on public.contacts (workspace_id, created_at desc, id desc) where deleted_at is null;
create index concurrently contacts_updated_at_idx on public.contacts (workspace_id, updated_at desc, id desc) where deleted_at is null;
create index concurrently contacts_name_idx on public.contacts (workspace_id, last_name, first_name, id) where deleted_at is null;
create index concurrently organizations_created_at_idx on public.organizations (workspace_id, created_at desc, id desc) where deleted_at is null;
create index concurrently organizations_updated_at_idx on public.organizations (workspace_id, updated_at desc, id desc) where deleted_at is null;
create index concurrently organizations_name_idx on public.organizations (workspace_id, name, id) where deleted_at is null;
create index concurrently organizations_annual_revenue_idx on public.organizations (workspace_id, annual_revenue desc nulls last, id desc) where deleted_at is null;
create index concurrently opportunities_created_at_idx on public.opportunities (workspace_id, created_at desc, id desc) where deleted_at is null;
create index concurrently opportunities_updated_at_idx on public.opportunities (workspace_id, updated_at desc, id desc) where deleted_at is null;
create index concurrently opportunities_name_idx on public.opportunities (workspace_id, name, id) where deleted_at is null;
create index concurrently opportunities_amount_idx on public.opportunities (workspace_id, amount desc, id desc) where deleted_at is null;
create index concurrently opportunities_expected_close_date_idx on public.opportunities (workspace_id, expected_close_date, id) where deleted_at is null;
create index concurrently activities_occurred_at_idx on public.activities (workspace_id, occurred_at desc, id desc) where deleted_at is null;
create index concurrently activities_due_on_idx on public.activities (workspace_id, due_on, due_at, id) where deleted_at is null and done_at is null and due_on is not null;

-- Board, forecast and dashboard.
create index concurrently opportunities_open_by_stage_idx on public.opportunities (workspace_id, stage_id, probability_percent, created_at desc) where deleted_at is null and status = 'open';
create index concurrently opportunities_board_idx on public.opportunities (workspace_id, stage_id, board_position, id) where deleted_at is null;
create index concurrently opportunities_totals_idx on public.opportunities (workspace_id, pipeline_id, stage_id) include (amount, probability_percent) where deleted_at is null and status = 'open';
create index concurrently opportunities_closed_at_idx on public.opportunities (workspace_id, closed_at desc) include (status, amount) where deleted_at is null and status <> 'open';

-- Search: fragments of three letters and more, two letters, and words. A search reads the pending list whole, so it stays short (kB).
create index concurrently contacts_search_text_trgm_idx on public.contacts using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently contacts_search_text_pairs_idx on public.contacts using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently organizations_search_text_trgm_idx on public.organizations using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently organizations_search_text_pairs_idx on public.organizations using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently organizations_search_vector_idx on public.organizations using gin (workspace_id, search_vector) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently opportunities_search_text_trgm_idx on public.opportunities using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently opportunities_search_text_pairs_idx on public.opportunities using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256) where deleted_at is null;
