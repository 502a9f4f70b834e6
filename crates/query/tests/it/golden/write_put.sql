-- PUT /places?id=eq.7
-- 
-- {"id":7,"name":"x"}
with "source" as (
insert into "public"."places" as "places" ("id", "name")
select "~body"."id", "~body"."name"
from json_to_record($1::json) as "~body"("id" integer, "name" text)
where "~body"."id" = $2
and set_config('rapport.inserted', (coalesce(nullif(current_setting('rapport.inserted', true), '')::bigint, 0) + 1)::text, true) is not null
on conflict ("id") do update set "id" = excluded."id", "name" = excluded."name" where set_config('rapport.inserted', (coalesce(nullif(current_setting('rapport.inserted', true), '')::bigint, 0) + -1)::text, true) is not null
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, nullif(current_setting('rapport.inserted', true), '') as inserted, null as location
from (select from "source") as "~rows";
-- $1 = {"id":7,"name":"x"}
-- $2 = 7
