-- POST /contacts?select=id,organization:organizations(name)
-- Prefer: return=representation
-- Accept: application/vnd.pgrst.object+json
-- 
-- {"first_name":"Ann"}
with "source" as (
insert into "public"."contacts" as "contacts" ("first_name")
select "~body"."first_name"
from json_to_record($1::json) as "~body"("first_name" text)
returning "contacts"."id", "contacts"."workspace_id", "contacts"."organization_id"
)
select count(*) as total_result_set, count(*) as page_total, nullif(current_setting('response.headers', true), '') as response_headers, coalesce(json_agg("~rows")->0, 'null') as body, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id", row_to_json("organizations_2".*) as "organization"
from "source" as "contacts"
left join lateral (select "organizations_1"."name"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id") as "organizations_2" on true) as "~rows";
-- $1 = {"first_name":"Ann"}
