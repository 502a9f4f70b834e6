-- POST /places
-- Content-Type: text/csv
-- 
-- id,name
-- 1,"a ""b"""
-- 2,NULL
with "source" as (
insert into "public"."places" as "places" ("id", "name")
select "~body"."id", "~body"."name"
from json_to_recordset($1::json) as "~body"("id" integer, "name" text)
returning 1 as "one"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select from "source") as "~rows";
-- $1 = [{"id":"1","name":"a \"b\""},{"id":"2","name":null}]
