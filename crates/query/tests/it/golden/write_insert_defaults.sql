-- POST /contacts?columns="first_name","email","created_at"&select=*
-- Prefer: missing=default, return=representation
-- 
-- [{"first_name":"Ann"},{"email":"b@x.test","extra":1}]
with "source" as (
insert into "public"."contacts" as "contacts" ("first_name", "email", "created_at")
select "~body"."first_name", "~body"."email", "~body"."created_at"
from (select coalesce(jsonb_agg(jsonb_build_object('first_name', ''::text, 'created_at', now()) || "element"), '[]') as "rows" from jsonb_array_elements($1::jsonb) as "element") as "~payload", jsonb_to_recordset("~payload"."rows") as "~body"("first_name" text, "email" text, "created_at" timestamp with time zone)
returning "contacts".*
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."workspace_id", "contacts"."id", "contacts"."first_name", "contacts"."last_name", "contacts"."email", "contacts"."other_emails", "contacts"."phones", "contacts"."job_title", "contacts"."organization_id", "contacts"."assigned_user_id", "contacts"."street", "contacts"."city", "contacts"."state", "contacts"."postal_code", "contacts"."country", "contacts"."website", "contacts"."linkedin_url", "contacts"."source", "contacts"."do_not_contact", "contacts"."description", "contacts"."tags", "contacts"."avatar", "contacts"."custom", "contacts"."created_at", "contacts"."updated_at", "contacts"."created_by", "contacts"."updated_by", "contacts"."deleted_at", "contacts"."version"
from "source" as "contacts") as "~rows";
-- $1 = [{"first_name":"Ann"},{"email":"b@x.test","extra":1}]
