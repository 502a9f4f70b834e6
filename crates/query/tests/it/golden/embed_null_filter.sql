-- GET /contacts?select=id,organizations(),opportunities()&or=(organizations.is.null,opportunities.not.is.null,city.eq.Bonn)&limit=3
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where (not exists (select from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "contacts"."workspace_id"
and "organizations_1"."id" = "contacts"."organization_id") or exists (select from "public"."opportunities" as "opportunities_3"
join "public"."opportunity_contacts" as "opportunity_contacts_5" on "opportunities_3"."workspace_id" = "opportunity_contacts_5"."workspace_id" and "opportunities_3"."id" = "opportunity_contacts_5"."opportunity_id"
where "opportunity_contacts_5"."workspace_id" = "contacts"."workspace_id"
and "opportunity_contacts_5"."contact_id" = "contacts"."id") or "contacts"."city" = $1)
limit 3) as "~rows";
-- $1 = Bonn
