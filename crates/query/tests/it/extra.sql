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
create domain public.shade as integer;
create function public.shade_to_json(public.shade) returns json language sql immutable as $$ select to_json(to_hex($1)) $$;
create function public.json_to_shade(json) returns public.shade language sql immutable as $$ select 1::public.shade $$;
create function public.text_to_shade(text) returns public.shade language sql immutable as $$ select 1::public.shade $$;
create table public.paints (id serial primary key, shade public.shade default 255);
create view public.place_names as select id, name from public.places;
create view public.arrivals as select id, to_id as place, to_id as again from public.shipments;
create function public.origin(public.shipments) returns setof public.places rows 1 language sql stable
  as $$ select * from public.places where id = $1.from_id $$;
create function public.carried(public.places) returns setof public.shipments language sql stable
  as $$ select * from public.shipments where from_id = $1.id $$;
create function public.labels(public.places) returns setof public.labels language sql stable
  as $$ select * from public.labels $$;
create function public.route(public.shipments) returns text language sql stable as $$ select $1.from_id || '-' || $1.to_id $$;
create table public.memos (text text);
create function public.take_text(text) returns text language sql volatile as $$ select $1 $$;
create function public.take_bytes(bytea) returns integer language sql volatile as $$ select length($1) $$;
