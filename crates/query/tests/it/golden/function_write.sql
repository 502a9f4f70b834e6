-- POST /shipments?select=id,route,origin(name)
-- Prefer: return=representation
-- 
-- {"from_id":1}
with "source" as (
insert into "public"."shipments" as "shipments" ("from_id")
select "~body"."from_id"
from json_to_record($1::json) as "~body"("from_id" integer)
returning "shipments"."id", "shipments"."route", "shipments".*::"public"."shipments" as "~row"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "shipments"."id", "shipments"."route", row_to_json("origin_2".*) as "origin"
from "source" as "shipments"
left join lateral (select "places_1"."name"
from "public"."origin"("shipments"."~row") as "places_1"
limit 1) as "origin_2" on true) as "~rows";
-- $1 = {"from_id":1}
