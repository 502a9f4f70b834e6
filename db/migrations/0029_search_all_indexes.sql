-- no-transaction
-- Fragments of all rows, deleted ones included: there are few of them, and a list that leaves them out looks at their rows.
create index concurrently contacts_search_text_trgm_idx on public.contacts using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index concurrently contacts_search_text_pairs_idx on public.contacts using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256);
create index concurrently organizations_search_text_trgm_idx on public.organizations using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index concurrently organizations_search_text_pairs_idx on public.organizations using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256);
create index concurrently opportunities_search_text_trgm_idx on public.opportunities using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index concurrently opportunities_search_text_pairs_idx on public.opportunities using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256);
create index concurrently products_search_text_trgm_idx on public.products using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index concurrently products_search_text_pairs_idx on public.products using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256);
create index concurrently tags_search_text_trgm_idx on public.tags using gin (workspace_id, search_text extensions.gin_trgm_ops) with (gin_pending_list_limit = 256);
create index concurrently tags_search_text_pairs_idx on public.tags using gin (workspace_id, app.letter_pairs(search_text)) with (gin_pending_list_limit = 256);
