-- Products. $1 workspace_id, $2 records.
insert into public.products (workspace_id, id, name, code, description, price, currency, created_at)
select $1, md5($1::uuid::text || 'product' || r.code)::uuid, r.name, r.code, r.description, r.price, 'EUR', now() - interval '600 days'
from jsonb_to_recordset($2::jsonb -> 'products') as r (name text, code text, description text, price numeric)
