-- GET /contacts?select=id,organization:organizations(id)&order=organization(name).desc.nullslast,id&limit=5&offset=5
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id", row_to_json("organizations_2".*) as "organization"
from (select "contacts"."id", "contacts"."workspace_id", "contacts"."organization_id", "~order_0"."key" as "~order_0"
from "public"."contacts" as "contacts"
left join lateral (select "organizations_1"."name" as "key"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id") as "~order_0" on true
order by "~order_0"."key" desc nulls last, "contacts"."id"
limit 5
offset $1) as "contacts"
left join lateral (select "organizations_1"."id"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id"
limit 1) as "organizations_2" on true
order by "contacts"."~order_0" desc nulls last, "contacts"."id") as "~rows";
-- $1 = 5
