-- POST /places
-- 
-- [{},{}]
with "source" as (
insert into "public"."places" as "places" select from generate_series(1, 2)
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
