-- POST /paints
-- Prefer: return=representation, missing=default
-- 
-- [{"shade":"ff"}]
with "source" as (
insert into "public"."paints" as "paints" ("shade")
select public.json_to_shade("~body"."shade")
from (select coalesce(jsonb_agg(jsonb_build_object('shade', public.shade_to_json((255)::shade)) || "element"), '[]') as "rows" from jsonb_array_elements($1::jsonb) as "element") as "~payload", jsonb_to_recordset("~payload"."rows") as "~body"("shade" json)
returning "paints".*
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "paints"."id", public.shade_to_json("paints"."shade") as "shade"
from "source" as "paints") as "~rows";
-- $1 = [{"shade":"ff"}]
