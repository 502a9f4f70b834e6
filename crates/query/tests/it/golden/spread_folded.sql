-- GET /shipments?select=weight.sum(),...places!from_id(place:name,id.max()::text,n:count())&order=places(place).desc
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select sum("shipments"."weight") as "sum", "places_2"."place" as "place", cast(max("places_2"."~1") as "text") as "max", count("places_2"."~2") as "n"
from "public"."shipments" as "shipments"
left join lateral (select "places_1"."name" as "place", "places_1"."id" as "~1", true as "~2"
from "public"."places" as "places_1"
where "places_1"."id" = "shipments"."from_id") as "places_2" on true
group by 2
order by "places_2"."place" desc) as "~rows";
