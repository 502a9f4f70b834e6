-- GET /contacts?select=id&city=eq.Bonn&limit=2
-- Prefer: count=planned
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."city" = $1
limit 2) as "~rows";
-- $1 = Bonn
-- count
explain (format json) select from "public"."contacts" as "contacts"
where "contacts"."city" = $1;
-- $1 = Bonn
