-- DELETE /contacts?select=id,organizations()&organizations=is.null&deleted_at=not.is.null
-- Prefer: return=representation
with "source" as (
delete from "public"."contacts" as "contacts"
where not exists (select from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id")
and not ("contacts"."deleted_at" is null)
returning "contacts"."id", "contacts"."workspace_id", "contacts"."organization_id"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "source" as "contacts") as "~rows";
