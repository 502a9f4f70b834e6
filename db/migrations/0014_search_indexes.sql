-- no-transaction
-- What app.search_records looks into: the beginnings of names, fragments of products and tags, words of activities.
create index concurrently contacts_beginnings_idx on public.contacts (workspace_id, left(search_text, 32) text_pattern_ops) where deleted_at is null;
create index concurrently contacts_last_name_beginnings_idx on public.contacts (workspace_id, left(app.fold(last_name), 32) text_pattern_ops) where deleted_at is null;
create index concurrently organizations_beginnings_idx on public.organizations (workspace_id, left(search_text, 32) text_pattern_ops) where deleted_at is null;
create index concurrently opportunities_beginnings_idx on public.opportunities (workspace_id, left(search_text, 32) text_pattern_ops) where deleted_at is null;
create index concurrently products_beginnings_idx on public.products (workspace_id, left(search_text, 32) text_pattern_ops) where deleted_at is null;
create index concurrently tags_beginnings_idx on public.tags (workspace_id, left(search_text, 32) text_pattern_ops) where deleted_at is null;
create index concurrently products_search_text_trgm_idx on public.products using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently products_search_text_pairs_idx on public.products using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently tags_search_text_trgm_idx on public.tags using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently tags_search_text_pairs_idx on public.tags using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256) where deleted_at is null;
create index concurrently activities_words_idx on public.activities using gin (workspace_id, app.activity_words(subject, body)) with (gin_pending_list_limit = 256) where deleted_at is null;
