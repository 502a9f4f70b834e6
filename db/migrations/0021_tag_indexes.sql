-- no-transaction
-- What app.ids_where looks into: the tags of records.
create index concurrently contacts_tags_idx on public.contacts using gin (workspace_id, tags) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently organizations_tags_idx on public.organizations using gin (workspace_id, tags) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently opportunities_tags_idx on public.opportunities using gin (workspace_id, tags) with (gin_pending_list_limit = 256) where deleted_at is null;
