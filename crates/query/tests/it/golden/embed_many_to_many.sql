-- GET /opportunities?select=id,contacts(id,email)&contacts.city=eq.Bonn
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "opportunities"."id", coalesce("contacts_2"."rows", '[]') as "contacts"
from "public"."opportunities" as "opportunities"
left join lateral (select json_agg("contacts_1") as "rows"
from (select "contacts_1"."id", "contacts_1"."email"
from "public"."contacts" as "contacts_1"
join "public"."opportunity_contacts" as "opportunity_contacts_3" on "contacts_1"."workspace_id" = "opportunity_contacts_3"."workspace_id" and "contacts_1"."id" = "opportunity_contacts_3"."contact_id"
where "opportunity_contacts_3"."workspace_id" = "opportunities"."workspace_id"
and "opportunity_contacts_3"."opportunity_id" = "opportunities"."id"
and "contacts_1"."city" = $1) as "contacts_1") as "contacts_2" on true) as "~rows";
-- $1 = Bonn
