-- GET /stages?select=id
-- Prefer: count=exact
select count(*) as total_result_set, count(*) as page_total, coalesce(json_agg("t"), '[]') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "stages"."id"
from "public"."stages" as "stages") as "t";
