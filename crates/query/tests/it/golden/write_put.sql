-- PUT /places?id=eq.7
-- 
-- {"id":7,"name":"x"}
with "source" as (
insert into "public"."places" as "places" ("id", "name")
select "~body"."id", "~body"."name"
from json_to_record($1::json) as "~body"("id" integer, "name" text)
on conflict ("id") do update set "id" = excluded."id", "name" = excluded."name"
returning 1 as "one", ("places"."xmax" = 0) as "~inserted"
)
select count(*) as total_result_set, count(*) as page_total, null as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, (select count(*) from "source" where "~inserted") as inserted, null as location
from (select from "source") as "t";
-- $1 = {"id":7,"name":"x"}
