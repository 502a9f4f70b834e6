-- PATCH /shipments?select=id,origin(name)&or=(origin.is.null,id.eq.1)
-- Prefer: return=representation
-- 
-- {"to_id":1}
with "source" as (
update "public"."shipments" as "shipments"
set "to_id" = "~body"."to_id"
from json_to_record($1::json) as "~body"("to_id" integer)
where (not exists (select from "public"."origin"("shipments".*::"public"."shipments") as "places_1") or "shipments"."id" = $2)
returning "shipments"."id", "shipments".*::"public"."shipments" as "~row"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "shipments"."id", row_to_json("origin_2".*) as "origin"
from "source" as "shipments"
left join lateral (select "places_1"."name"
from "public"."origin"("shipments"."~row") as "places_1"
limit 1) as "origin_2" on true) as "~rows";
-- $1 = {"to_id":1}
-- $2 = 1
