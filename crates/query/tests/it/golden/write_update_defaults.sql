-- PATCH /contacts?id=eq.00000000-0000-0000-0000-000000000001&columns=first_name,created_at
-- Prefer: missing=default
-- 
-- [{"first_name":"Ann"}]
with "source" as (
update "public"."contacts" as "contacts"
set "first_name" = "~body"."first_name", "created_at" = "~body"."created_at"
from (select coalesce(jsonb_agg(jsonb_build_object('first_name', ''::text, 'created_at', now()) || "element"), '[]') as "rows" from jsonb_array_elements(jsonb_build_array($1::jsonb->0)) as "element") as "~payload", jsonb_to_recordset("~payload"."rows") as "~body"("first_name" text, "created_at" timestamp with time zone)
where "contacts"."id" = $2
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
-- $1 = [{"first_name":"Ann"}]
-- $2 = 00000000-0000-0000-0000-000000000001
