-- POST /rpc/add_all
-- 
-- {"values":[1,2]}
with "source" as (
select "public"."add_all"(variadic "values" := "~arguments"."values") as "pgrst_scalar"
from json_to_record($1::json) as "~arguments"("values" integer[])
)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"."pgrst_scalar")->0, 'null') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "add_all"."pgrst_scalar"
from "source" as "add_all") as "~rows";
-- $1 = {"values":[1,2]}
