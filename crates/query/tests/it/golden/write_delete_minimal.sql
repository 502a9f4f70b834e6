-- DELETE /stages?id=eq.00000000-0000-0000-0000-000000000001
with "source" as (
delete from "public"."stages" as "stages"
where "stages"."id" = $1
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
-- $1 = 00000000-0000-0000-0000-000000000001
