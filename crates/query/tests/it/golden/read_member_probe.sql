-- GET /contacts?select=id&deleted_at=is.null&custom->>plan=in.(gold,"si,lver")&order=created_at.desc&limit=50
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."deleted_at" is null
and ("contacts"."custom"->>'plan') = any($1)
order by "contacts"."created_at" desc
limit 50) as "~rows";
-- $1 = {"gold","si,lver"}
-- probe
select app.ids_where('contacts', 'custom', 'plan', true, 'in', $1);
-- $1 = {"gold","si,lver"}
-- with the ids found
with "source" as materialized (
select "contacts"."id", "contacts"."created_at"
from "public"."contacts" as "contacts"
where "contacts"."id" = any($1)
and "contacts"."deleted_at" is null
and ("contacts"."custom"->>'plan') = any($2)
)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "source" as "contacts"
order by "contacts"."created_at" desc
limit 50) as "~rows";
-- $1 = (ids)
-- $2 = {"gold","si,lver"}
