-- GET /contacts?select=id,last_name,organization:organizations(name)&deleted_at=is.null&order=last_name,first_name,id&limit=100&offset=50000
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id", "contacts"."last_name", row_to_json("organizations_2".*) as "organization"
from (select "contacts"."workspace_id", "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."deleted_at" is null
order by "contacts"."last_name", "contacts"."first_name", "contacts"."id"
limit 100
offset $1) as "~page"
join "public"."contacts" as "contacts" on "contacts"."workspace_id" = "~page"."workspace_id" and "contacts"."id" = "~page"."id"
left join lateral (select "organizations_1"."name"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id"
limit 1) as "organizations_2" on true
order by "contacts"."last_name", "contacts"."first_name", "contacts"."id") as "~rows";
-- $1 = 50000
