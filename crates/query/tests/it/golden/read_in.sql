-- GET /stages?select=id&key=in.()&name=not.in.("a,b","c\"d",e f,"")
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "stages"."id"
from "public"."stages" as "stages"
where "stages"."key" = any($1)
and not ("stages"."name" = any($2))) as "~rows";
-- $1 = {}
-- $2 = {"a,b","c\"d","e f",""}
