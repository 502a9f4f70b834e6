-- GET /contacts?select=id&deleted_at=is.null&custom->>plan=gt.a&order=custom->>plan.desc.nullslast,id.desc&limit=50
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."deleted_at" is null
and ("contacts"."custom"->>'plan') > $1
order by left(("contacts"."custom"->>'plan'), 500) desc nulls last, "contacts"."id" desc
limit 50) as "~rows";
-- $1 = a
