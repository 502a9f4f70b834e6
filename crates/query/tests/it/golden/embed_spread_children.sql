-- GET /organizations?select=id,...contacts(mails:email,id)&contacts.order=id
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "organizations"."id", coalesce("contacts_2"."mails", '[]') as "mails", coalesce("contacts_2"."id", '[]') as "id"
from "public"."organizations" as "organizations"
left join lateral (select json_agg("contacts_1"."mails") as "mails", json_agg("contacts_1"."id") as "id"
from (select "contacts_1"."email" as "mails", "contacts_1"."id"
from "public"."contacts" as "contacts_1"
where "contacts_1"."workspace_id" = "organizations"."workspace_id"
and "contacts_1"."organization_id" = "organizations"."id"
order by "contacts_1"."id") as "contacts_1") as "contacts_2" on true) as "~rows";
