-- GET /rpc/add?a=1
with "source" as (
select "public"."add"("a" := "~arguments"."a") as "pgrst_scalar"
from json_to_record($1::json) as "~arguments"("a" integer)
)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"."pgrst_scalar")->0, 'null') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "add"."pgrst_scalar"
from "source" as "add") as "~rows";
-- $1 = {"a":"1"}
