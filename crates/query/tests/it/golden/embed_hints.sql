-- GET /opportunities?select=a:organizations!opportunities_organization_id_fkey(id),b:organizations!organization_id(id),c:organization_id(id),d:opportunities_organization_id_fkey(id),e:contacts!opportunity_contacts(id),f:stage_id(id),g:pipeline_id(id),h:workspace_id(id),i:assigned_user_id(full_name)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select row_to_json("organizations_2".*) as "a", row_to_json("organizations_4".*) as "b", row_to_json("organization_id_6".*) as "c", row_to_json("opportunities_organization_id_fkey_8".*) as "d", coalesce("contacts_10"."rows", '[]') as "e", row_to_json("stage_id_13".*) as "f", row_to_json("pipeline_id_15".*) as "g", row_to_json("workspace_id_17".*) as "h", row_to_json("assigned_user_id_19".*) as "i"
from "public"."opportunities" as "opportunities"
left join lateral (select "organizations_1"."id"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "opportunities"."workspace_id"
and "organizations_1"."id" = "opportunities"."organization_id") as "organizations_2" on true
left join lateral (select "organizations_3"."id"
from "public"."organizations" as "organizations_3"
where "organizations_3"."workspace_id" = "opportunities"."workspace_id"
and "organizations_3"."id" = "opportunities"."organization_id") as "organizations_4" on true
left join lateral (select "organizations_5"."id"
from "public"."organizations" as "organizations_5"
where "organizations_5"."workspace_id" = "opportunities"."workspace_id"
and "organizations_5"."id" = "opportunities"."organization_id") as "organization_id_6" on true
left join lateral (select "organizations_7"."id"
from "public"."organizations" as "organizations_7"
where "organizations_7"."workspace_id" = "opportunities"."workspace_id"
and "organizations_7"."id" = "opportunities"."organization_id") as "opportunities_organization_id_fkey_8" on true
left join lateral (select json_agg("contacts_9") as "rows"
from (select "contacts_9"."id"
from "public"."contacts" as "contacts_9"
join "public"."opportunity_contacts" as "opportunity_contacts_11" on "contacts_9"."workspace_id" = "opportunity_contacts_11"."workspace_id" and "contacts_9"."id" = "opportunity_contacts_11"."contact_id"
where "opportunity_contacts_11"."workspace_id" = "opportunities"."workspace_id"
and "opportunity_contacts_11"."opportunity_id" = "opportunities"."id") as "contacts_9") as "contacts_10" on true
left join lateral (select "stages_12"."id"
from "public"."stages" as "stages_12"
where "stages_12"."workspace_id" = "opportunities"."workspace_id"
and "stages_12"."pipeline_id" = "opportunities"."pipeline_id"
and "stages_12"."id" = "opportunities"."stage_id") as "stage_id_13" on true
left join lateral (select "pipelines_14"."id"
from "public"."pipelines" as "pipelines_14"
where "pipelines_14"."workspace_id" = "opportunities"."workspace_id"
and "pipelines_14"."id" = "opportunities"."pipeline_id") as "pipeline_id_15" on true
left join lateral (select "workspaces_16"."id"
from "public"."workspaces" as "workspaces_16"
where "workspaces_16"."id" = "opportunities"."workspace_id") as "workspace_id_17" on true
left join lateral (select "memberships_18"."full_name"
from "public"."memberships" as "memberships_18"
where "memberships_18"."workspace_id" = "opportunities"."workspace_id"
and "memberships_18"."user_id" = "opportunities"."assigned_user_id") as "assigned_user_id_19" on true) as "~rows";
