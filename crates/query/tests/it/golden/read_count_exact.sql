-- GET /stages?select=id&kind=eq.open&limit=2
-- Prefer: count=exact
select (select count(*) from "public"."stages" as "stages"
where "stages"."kind" = $1) as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "stages"."id"
from "public"."stages" as "stages"
where "stages"."kind" = $2
limit 2) as "~rows";
-- $1 = open
-- $2 = open
