-- GET /rpc/shipments_over?least=5&select=id,places!from_id(name)&weight=lt.9&order=id&limit=3
-- Prefer: count=exact
with "source" as (
select "~called"."id", "~called"."weight", "~called"."from_id"
from json_to_record($1::json) as "~arguments"("least" numeric), lateral "public"."shipments_over"("least" := "~arguments"."least") as "~called"
)
select (select count(*) from "source" as "shipments_over"
where "shipments_over"."weight" < $2) as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "shipments_over"."id", row_to_json("places_2".*) as "places"
from (select "shipments_over"."id", "shipments_over"."weight", "shipments_over"."from_id"
from "source" as "shipments_over"
where "shipments_over"."weight" < $3
order by "shipments_over"."id"
limit 3) as "shipments_over"
left join lateral (select "places_1"."name"
from "public"."places" as "places_1"
where "places_1"."id" = "shipments_over"."from_id"
limit 1) as "places_2" on true
order by "shipments_over"."id") as "~rows";
-- $1 = {"least":"5"}
-- $2 = 9
-- $3 = 9
