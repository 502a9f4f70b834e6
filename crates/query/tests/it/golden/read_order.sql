-- GET /contacts?select=id&order=last_name.desc.nullslast,first_name,custom->>rank.asc.nullsfirst,id.nullslast&limit=5
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
order by "contacts"."last_name" desc nulls last, "contacts"."first_name", ("contacts"."custom"->>'rank') nulls first, "contacts"."id" nulls last
limit 5) as "~rows";
