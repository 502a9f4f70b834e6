-- GET /contacts?select=id&or=(city.eq."a,b",not.and(version.gt.1,version.lt.9),tags.cs.{x,y},custom->>k.eq.v,id.in.(00000000-0000-0000-0000-000000000001))&not.or=(city.is.null,city.not.ilike."*(x)*")
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where ("contacts"."city" = $1 or not ("contacts"."version" > $2 and "contacts"."version" < $3) or "contacts"."tags" @> $4 or ("contacts"."custom"->>'k') = $5 or "contacts"."id" = any($6))
and not ("contacts"."city" is null or not ("contacts"."city" ilike $7))) as "~rows";
-- $1 = a,b
-- $2 = 1
-- $3 = 9
-- $4 = {x,y}
-- $5 = v
-- $6 = {"00000000-0000-0000-0000-000000000001"}
-- $7 = %(x)%
