-- PATCH /stages?id=eq.x
-- 
-- {}
with "source" as (
select 1 as "one" from "public"."stages" as "stages" where false
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
