-- POST /contacts
-- 
-- {"first_name":"Ann","tags":["a"],"custom":{}}
with "source" as (
insert into "public"."contacts" as "contacts" ("first_name", "tags", "custom")
select "~body"."first_name", "~body"."tags", "~body"."custom"
from json_to_record($1::json) as "~body"("first_name" text, "tags" text[], "custom" jsonb)
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
-- $1 = {"first_name":"Ann","tags":["a"],"custom":{}}
