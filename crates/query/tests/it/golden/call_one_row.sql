-- POST /rpc/first_place
with "source" as (
select "~called".*
from "public"."first_place"() as "~called"
)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows")->0, 'null') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "first_place"."id", "first_place"."name"
from "source" as "first_place") as "~rows";
