-- GET /contacts?select=id&limit=2
-- Prefer: count=estimated
select (select count(*) from (select from "public"."contacts" as "contacts"
limit 1001) as "counted") as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
limit 2) as "~rows";
-- count
explain (format json) select from "public"."contacts" as "contacts";
