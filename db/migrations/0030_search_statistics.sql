-- The new indexes tell how common letters are once they have been counted.
analyze public.contacts, public.organizations, public.opportunities, public.products, public.tags;
