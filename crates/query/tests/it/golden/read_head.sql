-- HEAD /contacts?select=*&deleted_at=is.null
-- Prefer: count=exact
select count(*) as total_result_set, count(*) as page_total, null as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."workspace_id", "contacts"."id", "contacts"."first_name", "contacts"."last_name", "contacts"."email", "contacts"."other_emails", "contacts"."phones", "contacts"."job_title", "contacts"."organization_id", "contacts"."assigned_user_id", "contacts"."street", "contacts"."city", "contacts"."state", "contacts"."postal_code", "contacts"."country", "contacts"."website", "contacts"."linkedin_url", "contacts"."source", "contacts"."do_not_contact", "contacts"."description", "contacts"."tags", "contacts"."avatar", "contacts"."custom", "contacts"."created_at", "contacts"."updated_at", "contacts"."created_by", "contacts"."updated_by", "contacts"."deleted_at", "contacts"."version"
from "public"."contacts" as "contacts"
where "contacts"."deleted_at" is null) as "~rows";
