-- PATCH /opportunities?id=eq.00000000-0000-0000-0000-000000000001&select=id,stages(name)&stages.kind=eq.open&order=id&limit=1
-- Prefer: return=representation
-- 
-- {"stage_id":"00000000-0000-0000-0000-000000000002","board_position":"a1"}
with "source" as (
update "public"."opportunities" as "opportunities"
set "stage_id" = "~body"."stage_id", "board_position" = "~body"."board_position"
from json_to_record($1::json) as "~body"("stage_id" uuid, "board_position" text)
where "opportunities"."id" = $2
returning "opportunities"."id", "opportunities"."workspace_id", "opportunities"."pipeline_id", "opportunities"."stage_id"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "opportunities"."id", row_to_json("stages_2".*) as "stages"
from "source" as "opportunities"
left join lateral (select "stages_1"."name"
from "public"."stages" as "stages_1"
where "stages_1"."workspace_id" = "opportunities"."workspace_id"
and "stages_1"."pipeline_id" = "opportunities"."pipeline_id"
and "stages_1"."id" = "opportunities"."stage_id"
and "stages_1"."kind" = $3) as "stages_2" on true
order by "opportunities"."id") as "~rows";
-- $1 = {"stage_id":"00000000-0000-0000-0000-000000000002","board_position":"a1"}
-- $2 = 00000000-0000-0000-0000-000000000001
-- $3 = open
