-- GET /organizations?select=name,contacts(count),open:opportunities!inner(count)&open.status=eq.open
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "organizations"."name", coalesce("contacts_2"."rows", '[]') as "contacts", coalesce("opportunities_4"."rows", '[]') as "open"
from "public"."organizations" as "organizations"
left join lateral (select json_agg("contacts_1") as "rows"
from (select count(*) as "count"
from "public"."contacts" as "contacts_1"
where "contacts_1"."workspace_id" = "organizations"."workspace_id"
and "contacts_1"."organization_id" = "organizations"."id") as "contacts_1") as "contacts_2" on true
join lateral (select json_agg("opportunities_3") as "rows"
from (select count(*) as "count"
from "public"."opportunities" as "opportunities_3"
where "opportunities_3"."workspace_id" = "organizations"."workspace_id"
and "opportunities_3"."organization_id" = "organizations"."id"
and "opportunities_3"."status" = $1) as "opportunities_3"
having count(*) > 0) as "opportunities_4" on true
where exists (select from "public"."opportunities" as "opportunities_3"
where "opportunities_3"."workspace_id" = "organizations"."workspace_id"
and "opportunities_3"."organization_id" = "organizations"."id"
and "opportunities_3"."status" = $2)) as "~rows";
-- $1 = open
-- $2 = open
