-- GET /stages?select=id&limit=1
-- Accept: application/vnd.pgrst.object+json;nulls=stripped
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_strip_nulls(json_agg("~rows")->0), 'null') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "stages"."id"
from "public"."stages" as "stages"
limit 1) as "~rows";
