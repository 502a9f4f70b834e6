-- GET /organizations?select=id,opportunities(id,items:opportunity_items(name),stage:stages(name,pipelines(name)))&opportunities.items.order=position&opportunities.stage.pipelines.name=eq.Sales&limit=2
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "organizations"."id", coalesce("opportunities_2"."rows", '[]') as "opportunities"
from (select "organizations"."id", "organizations"."workspace_id"
from "public"."organizations" as "organizations"
limit 2) as "organizations"
left join lateral (select json_agg("opportunities_1") as "rows"
from (select "opportunities_1"."id", coalesce("opportunity_items_4"."rows", '[]') as "items", row_to_json("stages_6".*) as "stage"
from "public"."opportunities" as "opportunities_1"
left join lateral (select json_agg("opportunity_items_3") as "rows"
from (select "opportunity_items_3"."name"
from "public"."opportunity_items" as "opportunity_items_3"
where "opportunity_items_3"."workspace_id" = "opportunities_1"."workspace_id"
and "opportunity_items_3"."opportunity_id" = "opportunities_1"."id"
order by "opportunity_items_3"."position") as "opportunity_items_3") as "opportunity_items_4" on true
left join lateral (select "stages_5"."name", row_to_json("pipelines_8".*) as "pipelines"
from "public"."stages" as "stages_5"
left join lateral (select "pipelines_7"."name"
from "public"."pipelines" as "pipelines_7"
where "pipelines_7"."workspace_id" = "stages_5"."workspace_id"
and "pipelines_7"."id" = "stages_5"."pipeline_id"
and "pipelines_7"."name" = $1) as "pipelines_8" on true
where "stages_5"."workspace_id" = "opportunities_1"."workspace_id"
and "stages_5"."pipeline_id" = "opportunities_1"."pipeline_id"
and "stages_5"."id" = "opportunities_1"."stage_id") as "stages_6" on true
where "opportunities_1"."workspace_id" = "organizations"."workspace_id"
and "opportunities_1"."organization_id" = "organizations"."id") as "opportunities_1") as "opportunities_2" on true) as "~rows";
-- $1 = Sales
