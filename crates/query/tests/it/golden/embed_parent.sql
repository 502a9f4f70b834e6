-- GET /contacts?select=id,organization:organizations(id,name)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id", row_to_json("organizations_2".*) as "organization"
from "public"."contacts" as "contacts"
left join lateral (select "organizations_1"."id", "organizations_1"."name"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id") as "organizations_2" on true) as "~rows";
