-- GET /contacts?select=*,organization:organizations!inner(id,name,status)&deleted_at=is.null&or=(first_name.ilike.%25ann%25,last_name.ilike.%25ann%25,email.ilike.%25ann%25)&organization_id=eq.00000000-0000-0000-0000-000000000001&order=created_at.desc&limit=100
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."workspace_id", "contacts"."id", "contacts"."first_name", "contacts"."last_name", "contacts"."email", "contacts"."other_emails", "contacts"."phones", "contacts"."job_title", "contacts"."organization_id", "contacts"."assigned_user_id", "contacts"."street", "contacts"."city", "contacts"."state", "contacts"."postal_code", "contacts"."country", "contacts"."website", "contacts"."linkedin_url", "contacts"."source", "contacts"."do_not_contact", "contacts"."description", "contacts"."tags", "contacts"."avatar", "contacts"."custom", "contacts"."created_at", "contacts"."updated_at", "contacts"."created_by", "contacts"."updated_by", "contacts"."deleted_at", "contacts"."version", row_to_json("organizations_2".*) as "organization"
from "public"."contacts" as "contacts"
join lateral (select "organizations_1"."id", "organizations_1"."name", "organizations_1"."status"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id") as "organizations_2" on true
where "contacts"."deleted_at" is null
and ("contacts"."first_name" ilike $1 or "contacts"."last_name" ilike $2 or "contacts"."email" ilike $3)
and "contacts"."organization_id" = $4
order by "contacts"."created_at" desc
limit 100) as "~rows";
-- $1 = %ann%
-- $2 = %ann%
-- $3 = %ann%
-- $4 = 00000000-0000-0000-0000-000000000001
