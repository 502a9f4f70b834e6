-- GET /places?select=name,carried(id,origin(name))
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "places"."name", coalesce("carried_2"."rows", '[]') as "carried"
from "public"."places" as "places"
left join lateral (select json_agg("shipments_1") as "rows"
from (select "shipments_1"."id", row_to_json("origin_4".*) as "origin"
from "public"."carried"("places".*::"public"."places") as "shipments_1"
left join lateral (select "places_3"."name"
from "public"."origin"("shipments_1".*::"public"."shipments") as "places_3"
limit 1) as "origin_4" on true) as "shipments_1") as "carried_2" on true) as "~rows";
