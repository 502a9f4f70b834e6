-- GET /shipments?select=from:places!from_id(name),to:places!shipments_to_id_fkey(name),labels(text)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select row_to_json("places_2".*) as "from", row_to_json("places_4".*) as "to", row_to_json("labels_6".*) as "labels"
from "public"."shipments" as "shipments"
left join lateral (select "places_1"."name"
from "public"."places" as "places_1"
where "places_1"."id" = "shipments"."from_id") as "places_2" on true
left join lateral (select "places_3"."name"
from "public"."places" as "places_3"
where "places_3"."id" = "shipments"."to_id") as "places_4" on true
left join lateral (select "labels_5"."text"
from "public"."labels" as "labels_5"
where "labels_5"."shipment_id" = "shipments"."id") as "labels_6" on true) as "~rows";
