-- POST /contacts?select=id
-- Prefer: resolution=merge-duplicates, return=representation
-- 
-- [{"id":"00000000-0000-0000-0000-000000000001","first_name":"Ann"}]
with "source" as (
insert into "public"."contacts" as "contacts" ("id", "first_name")
select "~body"."id", "~body"."first_name"
from json_to_recordset($1::json) as "~body"("id" uuid, "first_name" text)
where set_config('rapport.inserted', (coalesce(nullif(current_setting('rapport.inserted', true), '')::bigint, 0) + 1)::text, true) is not null
on conflict ("workspace_id", "id") do update set "id" = excluded."id", "first_name" = excluded."first_name" where set_config('rapport.inserted', (coalesce(nullif(current_setting('rapport.inserted', true), '')::bigint, 0) + -1)::text, true) is not null
returning "contacts"."id"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, nullif(current_setting('rapport.inserted', true), '') as inserted, null as location
from (select "contacts"."id"
from "source" as "contacts") as "~rows";
-- $1 = [{"id":"00000000-0000-0000-0000-000000000001","first_name":"Ann"}]
