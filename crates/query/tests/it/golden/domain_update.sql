-- PATCH /paints?shade=gt.aa
-- 
-- {"shade":"ff"}
with "source" as (
update "public"."paints" as "paints"
set "shade" = public.json_to_shade("~body"."shade")
from json_to_record($1::json) as "~body"("shade" json)
where "paints"."shade" > public.text_to_shade($2::text)
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
-- $1 = {"shade":"ff"}
-- $2 = aa
