-- GET /stages?select=id,"a name":name
-- Accept: text/csv
select null::bigint as total_result_set, count(*) as page_total, coalesce((select string_agg("key", ',') from json_object_keys(json_agg("t")->0) as "key"), '') || chr(10) || coalesce(string_agg(substring("t"::text, 2, length("t"::text) - 2), chr(10)), '') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "stages"."id", "stages"."name" as "a name"
from "public"."stages" as "stages") as "t";
