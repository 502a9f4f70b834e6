-- GET /stages?select=id&limit=30
-- Range: 10-19
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("t"), '[]') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "stages"."id"
from "public"."stages" as "stages"
limit 10
offset $1) as "t";
-- $1 = 10
