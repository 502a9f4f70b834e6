-- GET /paints?select=*,tone:shade,shade::text
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "paints"."id", public.shade_to_json("paints"."shade") as "shade", public.shade_to_json("paints"."shade") as "tone", cast(public.shade_to_json("paints"."shade") as "text") as "shade"
from "public"."paints" as "paints") as "~rows";
