-- GET /organizations?select=id,parent_id(name),children:organizations!parent_id(name),parent:organizations!organizations_parent_id_fkey(name)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "organizations"."id", row_to_json("parent_id_2".*) as "parent_id", coalesce("organizations_4"."rows", '[]') as "children", row_to_json("organizations_6".*) as "parent"
from "public"."organizations" as "organizations"
left join lateral (select "organizations_1"."name"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "organizations"."workspace_id"
and "organizations_1"."id" = "organizations"."parent_id") as "parent_id_2" on true
left join lateral (select json_agg("organizations_3") as "rows"
from (select "organizations_3"."name"
from "public"."organizations" as "organizations_3"
where "organizations_3"."workspace_id" = "organizations"."workspace_id"
and "organizations_3"."parent_id" = "organizations"."id") as "organizations_3") as "organizations_4" on true
left join lateral (select "organizations_5"."name"
from "public"."organizations" as "organizations_5"
where "organizations_5"."workspace_id" = "organizations"."workspace_id"
and "organizations_5"."id" = "organizations"."parent_id") as "organizations_6" on true) as "~rows";
