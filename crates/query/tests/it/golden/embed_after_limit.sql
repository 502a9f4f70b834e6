-- GET /contacts?select=id,organizations(name)&deleted_at=is.null&order=created_at.desc&limit=100
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id", row_to_json("organizations_2".*) as "organizations"
from (select "contacts"."id", "contacts"."created_at", "contacts"."workspace_id", "contacts"."organization_id"
from "public"."contacts" as "contacts"
where "contacts"."deleted_at" is null
order by "contacts"."created_at" desc
limit 100) as "contacts"
left join lateral (select "organizations_1"."name"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id"
limit 1) as "organizations_2" on true
order by "contacts"."created_at" desc) as "~rows";
