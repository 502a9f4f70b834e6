-- GET /contacts?select=id&order=last_name,created_at.desc&limit=100&or=(last_name.gt.Mae,and(last_name.eq.Mae,created_at.lte.2026-01-01))
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where row("contacts"."last_name") >= row($1) and ("contacts"."last_name" > $2 or ("contacts"."last_name" = $3 and "contacts"."created_at" <= $4))
order by "contacts"."last_name", "contacts"."created_at" desc
limit 100) as "~rows";
-- $1 = Mae
-- $2 = Mae
-- $3 = Mae
-- $4 = 2026-01-01
