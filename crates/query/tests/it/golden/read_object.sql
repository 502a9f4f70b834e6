-- GET /stages?select=id&limit=1
-- Accept: application/vnd.pgrst.object+json;nulls=stripped
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_strip_nulls(json_agg("t")->0), 'null') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "stages"."id"
from "public"."stages" as "stages"
limit 1) as "t";
