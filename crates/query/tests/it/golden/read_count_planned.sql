-- GET /contacts?select=id&city=eq.Bonn&limit=2
-- Prefer: count=planned
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("t"), '[]') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."city" = $1
limit 2) as "t";
-- $1 = Bonn
-- count
explain (format json) select from "public"."contacts" as "contacts"
where "contacts"."city" = $1;
-- $1 = Bonn
