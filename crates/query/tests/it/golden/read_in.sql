-- GET /stages?select=id&key=in.()&name=not.in.("a,b","c\"d",e f,"")
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("t"), '[]') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "stages"."id"
from "public"."stages" as "stages"
where "stages"."key" = any($1)
and not ("stages"."name" = any($2))) as "t";
-- $1 = {}
-- $2 = {"a,b","c\"d","e f",""}
