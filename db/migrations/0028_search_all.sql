-- A search that does not leave deleted records out finds them by the same indexes: they are made anew, of all rows.
drop index public.contacts_search_text_trgm_idx;
drop index public.contacts_search_text_pairs_idx;
drop index public.organizations_search_text_trgm_idx;
drop index public.organizations_search_text_pairs_idx;
drop index public.opportunities_search_text_trgm_idx;
drop index public.opportunities_search_text_pairs_idx;
drop index public.products_search_text_trgm_idx;
drop index public.products_search_text_pairs_idx;
drop index public.tags_search_text_trgm_idx;
drop index public.tags_search_text_pairs_idx;
