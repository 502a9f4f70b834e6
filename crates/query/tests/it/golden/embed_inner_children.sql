-- GET /organizations?select=id,contacts!inner(id)&contacts.city=eq.Bonn&limit=10
-- Prefer: count=exact
select (select count(*) from "public"."organizations" as "organizations"
where exists (select from "public"."contacts" as "contacts_1"
where "contacts_1"."workspace_id" = "organizations"."workspace_id"
and "contacts_1"."organization_id" = "organizations"."id"
and "contacts_1"."city" = $1)) as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "organizations"."id", coalesce("contacts_2"."rows", '[]') as "contacts"
from (select "organizations"."id", "organizations"."workspace_id"
from "public"."organizations" as "organizations"
where exists (select from "public"."contacts" as "contacts_1"
where "contacts_1"."workspace_id" = "organizations"."workspace_id"
and "contacts_1"."organization_id" = "organizations"."id"
and "contacts_1"."city" = $2)
limit 10) as "organizations"
left join lateral (select json_agg("contacts_1") as "rows"
from (select "contacts_1"."id"
from "public"."contacts" as "contacts_1"
where "contacts_1"."workspace_id" = "organizations"."workspace_id"
and "contacts_1"."organization_id" = "organizations"."id"
and "contacts_1"."city" = $3) as "contacts_1") as "contacts_2" on true) as "~rows";
-- $1 = Bonn
-- $2 = Bonn
-- $3 = Bonn
