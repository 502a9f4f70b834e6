-- GET /stages?select=id,"a name":name
-- Accept: text/csv
select null::bigint as total_result_set, count(*) as page_total, coalesce((select string_agg("key", ',') from json_object_keys(json_agg("~rows")->0) as "key"), '') || chr(10) || coalesce(string_agg(substring("~rows"::text, 2, length("~rows"::text) - 2), chr(10)), '') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "stages"."id", "stages"."name" as "a name"
from "public"."stages" as "stages") as "~rows";
