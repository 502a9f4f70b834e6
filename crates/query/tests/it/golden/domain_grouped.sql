-- GET /paints?select=*,count()
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "paints"."id", public.shade_to_json("paints"."shade")::jsonb as "shade", count(*) as "count"
from "public"."paints" as "paints"
group by 1, 2) as "~rows";
