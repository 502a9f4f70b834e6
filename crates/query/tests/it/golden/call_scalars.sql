-- POST /rpc/names?limit=2
with "source" as (
select "public"."names"() as "pgrst_scalar"
)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"."pgrst_scalar"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "names"."pgrst_scalar"
from "source" as "names"
limit 2) as "~rows";
