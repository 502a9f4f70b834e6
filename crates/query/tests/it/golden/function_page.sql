-- GET /shipments?select=*,route,origin(name)&order=route,origin(name)&limit=3
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "shipments"."id", "shipments"."from_id", "shipments"."to_id", "shipments"."weight", "shipments"."during", "shipments"."label", "shipments"."route", row_to_json("origin_2".*) as "origin"
from (select "shipments".*, "shipments"."route", "shipments".*::"public"."shipments" as "~row", "~order_1"."key" as "~order_1"
from "public"."shipments" as "shipments"
left join lateral (select "places_1"."name" as "key"
from "public"."origin"("shipments".*::"public"."shipments") as "places_1") as "~order_1" on true
order by "shipments"."route", "~order_1"."key"
limit 3) as "shipments"
left join lateral (select "places_1"."name"
from "public"."origin"("shipments"."~row") as "places_1"
limit 1) as "origin_2" on true
order by "shipments"."route", "shipments"."~order_1") as "~rows";
