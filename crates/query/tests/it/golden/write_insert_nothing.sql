-- POST /stages
-- Prefer: return=representation
-- 
-- []
with "source" as (
insert into "public"."stages" as "stages" select from generate_series(1, 0)
returning "stages".*
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "stages"."workspace_id", "stages"."id", "stages"."pipeline_id", "stages"."key", "stages"."name", "stages"."probability_percent", "stages"."position", "stages"."kind", "stages"."rot_after_days", "stages"."created_at", "stages"."updated_at", "stages"."created_by", "stages"."updated_by", "stages"."deleted_at", "stages"."custom", "stages"."version"
from "source" as "stages") as "~rows";
