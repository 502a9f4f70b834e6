-- A product. $1 workspace_id, $2 id, $3 name, $4 code, $5 price, $6 currency.
insert into public.products (workspace_id, id, name, code, price, currency)
values ($1, $2, $3, $4, $5::bigint, $6)
on conflict do nothing
