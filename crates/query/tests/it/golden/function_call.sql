-- GET /rpc/shipments_over?least=1&select=route,origin(name)&limit=2
with "source" as (
select "~called"."route", "~called".*::"public"."shipments" as "~row"
from json_to_record($1::json) as "~arguments"("least" numeric), lateral "public"."shipments_over"("least" := "~arguments"."least") as "~called"
)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "shipments_over"."route", row_to_json("origin_2".*) as "origin"
from (select "shipments_over"."route", "shipments_over"."~row"
from "source" as "shipments_over"
limit 2) as "shipments_over"
left join lateral (select "places_1"."name"
from "public"."origin"("shipments_over"."~row") as "places_1"
limit 1) as "origin_2" on true) as "~rows";
-- $1 = {"least":"1"}
