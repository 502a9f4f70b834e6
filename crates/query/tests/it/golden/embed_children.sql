-- GET /organizations?select=id,contacts(id,email)&contacts.deleted_at=is.null&contacts.order=created_at.desc&contacts.limit=3&contacts.offset=3&contacts.or=(city.eq.Bonn,city.eq.Ulm)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "organizations"."id", coalesce("contacts_2"."rows", '[]') as "contacts"
from "public"."organizations" as "organizations"
left join lateral (select json_agg("contacts_1") as "rows"
from (select "contacts_1"."id", "contacts_1"."email"
from "public"."contacts" as "contacts_1"
where "contacts_1"."workspace_id" = "organizations"."workspace_id"
and "contacts_1"."organization_id" = "organizations"."id"
and "contacts_1"."deleted_at" is null
and ("contacts_1"."city" = $1 or "contacts_1"."city" = $2)
order by "contacts_1"."created_at" desc
limit 3
offset $3) as "contacts_1") as "contacts_2" on true) as "~rows";
-- $1 = Bonn
-- $2 = Ulm
-- $3 = 3
