-- POST /stages
-- Prefer: return=headers-only
-- 
-- {"name":"New"}
with "source" as (
insert into "public"."stages" as "stages" ("name")
select "~body"."name"
from json_to_record($1::json) as "~body"("name" text)
returning "stages"."workspace_id", "stages"."id"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, null as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, case when count(*) = 1 then (select json_build_array(json_build_array('id', to_json("id")#>>'{}')) from "source") end as location
from (select from "source") as "~rows";
-- $1 = {"name":"New"}
