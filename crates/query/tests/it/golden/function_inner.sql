-- GET /places?select=name,carried!inner(id),labels()&labels=is.null&carried.weight=gt.2
-- Prefer: count=exact
select count(*) as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "places"."name", coalesce("carried_2"."rows", '[]') as "carried"
from "public"."places" as "places"
join lateral (select json_agg("shipments_1") as "rows"
from (select "shipments_1"."id"
from "public"."carried"("places".*::"public"."places") as "shipments_1"
where "shipments_1"."weight" > $1) as "shipments_1"
having count(*) > 0) as "carried_2" on true
where not exists (select from "public"."labels"("places".*::"public"."places") as "labels_3")) as "~rows";
-- $1 = 2
