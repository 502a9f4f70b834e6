-- GET /places?select=name,shipments!from_id(...labels(text,...shipments(weight.sum(),...places!to_id(id.count()))))
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "places"."name", coalesce("shipments_2"."rows", '[]') as "shipments"
from "public"."places" as "places"
left join lateral (select json_agg("shipments_1") as "rows"
from (select "labels_4"."text" as "text", sum("labels_4"."~1") as "sum", count("labels_4"."~2") as "count"
from "public"."shipments" as "shipments_1"
left join lateral (select "labels_3"."text", "shipments_6"."~0" as "~1", "shipments_6"."~1" as "~2"
from "public"."labels" as "labels_3"
left join lateral (select "shipments_5"."weight" as "~0", "places_8"."~0" as "~1"
from "public"."shipments" as "shipments_5"
left join lateral (select "places_7"."id" as "~0"
from "public"."places" as "places_7"
where "places_7"."id" = "shipments_5"."to_id") as "places_8" on true
where "shipments_5"."id" = "labels_3"."shipment_id") as "shipments_6" on true
where "labels_3"."shipment_id" = "shipments_1"."id") as "labels_4" on true
where "shipments_1"."from_id" = "places"."id"
group by 1) as "shipments_1") as "shipments_2" on true) as "~rows";
