-- GET /contacts?select=id&deleted_at=is.null&order=last_name,first_name,id&limit=100&or=(last_name.gt.Mae,and(last_name.eq.Mae,first_name.gt.Ann),and(last_name.eq.Mae,first_name.eq.Ann,id.gt.00000000-0000-0000-0000-000000000001))
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."deleted_at" is null
and row("contacts"."last_name", "contacts"."first_name", "contacts"."id") > row($1, $2, $3)
order by "contacts"."last_name", "contacts"."first_name", "contacts"."id"
limit 100) as "~rows";
-- $1 = Mae
-- $2 = Ann
-- $3 = 00000000-0000-0000-0000-000000000001
