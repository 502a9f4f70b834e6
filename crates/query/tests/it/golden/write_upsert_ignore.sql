-- POST /memberships?on_conflict=user_id
-- Prefer: resolution=ignore-duplicates
-- 
-- {"user_id":"00000000-0000-0000-0000-000000000001"}
with "source" as (
insert into "public"."memberships" as "memberships" ("user_id")
select "~body"."user_id"
from json_to_record($1::json) as "~body"("user_id" uuid)
on conflict ("workspace_id", "user_id") do nothing
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
-- $1 = {"user_id":"00000000-0000-0000-0000-000000000001"}
