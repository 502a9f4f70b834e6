-- GET /contacts?select=id&limit=2
-- Prefer: count=estimated
select (select count(*) from (select from "public"."contacts" as "contacts"
limit 1001) as "counted") as total_result_set, count(*) as page_total, coalesce(json_agg("t"), '[]') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
limit 2) as "t";
-- count
explain (format json) select from "public"."contacts" as "contacts";
