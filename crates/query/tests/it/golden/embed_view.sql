-- GET /arrivals?select=id,place_names!place(name),other:places!again(name)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "arrivals"."id", row_to_json("place_names_2".*) as "place_names", row_to_json("places_4".*) as "other"
from "public"."arrivals" as "arrivals"
left join lateral (select "place_names_1"."name"
from "public"."place_names" as "place_names_1"
where "place_names_1"."id" = "arrivals"."place") as "place_names_2" on true
left join lateral (select "places_3"."name"
from "public"."places" as "places_3"
where "places_3"."id" = "arrivals"."again") as "places_4" on true) as "~rows";
