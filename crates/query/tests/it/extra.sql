-- Tables and functions for cases that Rapport's own tables do not have: two keys between the same tables, a one-to-one
-- key, functions of every kind. Loaded over the migrations by the test that prepares every golden statement.
create table public.places (
  id serial primary key,
  name text
);
create table public.shipments (
  id serial primary key,
  from_id integer constraint shipments_from_id_fkey references public.places (id),
  to_id integer constraint shipments_to_id_fkey references public.places (id),
  weight numeric(10,2) default 1,
  during tstzrange,
  label integer generated always as (from_id + to_id) stored
);
create table public.labels (
  shipment_id integer primary key constraint labels_shipment_id_fkey references public.shipments (id),
  text text
);
create function public.add(a integer, b integer default 1) returns integer language sql immutable return a + b;
create function public.add_all(variadic "values" integer[]) returns bigint language sql immutable
  as $$ select sum(v) from unnest("values") as v $$;
create function public.shipments_over("least" numeric) returns setof public.shipments language sql stable
  as $$ select * from public.shipments where weight > "least" $$;
create function public.first_place() returns public.places language sql stable
  as $$ select * from public.places order by id limit 1 $$;
create function public.bump(a integer) returns void language sql volatile as $$ select $$;
create function public.pick(a integer) returns integer language sql immutable return a;
create function public.pick(a text) returns text language sql immutable return a;
create function public.take(json) returns table (kind text) language sql volatile
  as $$ select json_typeof($1) $$;
create function public.names() returns setof text language sql stable as $$ select name from public.places $$;
