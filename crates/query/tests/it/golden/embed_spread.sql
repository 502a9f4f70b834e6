-- GET /contacts?select=id,...organizations(company:name,...parent_id(holding:name))&limit=5
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id", "organizations_2"."company" as "company", "organizations_2"."holding" as "holding"
from (select "contacts"."id", "contacts"."workspace_id", "contacts"."organization_id"
from "public"."contacts" as "contacts"
limit 5) as "contacts"
left join lateral (select "organizations_1"."name" as "company", "parent_id_4"."holding" as "holding"
from "public"."organizations" as "organizations_1"
left join lateral (select "organizations_3"."name" as "holding"
from "public"."organizations" as "organizations_3"
where "organizations_3"."workspace_id" = "organizations_1"."workspace_id"
and "organizations_3"."id" = "organizations_1"."parent_id") as "parent_id_4" on true
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id"
limit 1) as "organizations_2" on true) as "~rows";
