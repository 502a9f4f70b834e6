-- GET /contacts?select=id&city=like(any).{B*,C*}&city=ilike(all).{*a*,*b*}&version=eq(any).{1,2}&version=gt(all).{0}
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."city" like any($1)
and "contacts"."city" ilike all($2)
and "contacts"."version" = any($3)
and "contacts"."version" > all($4)) as "~rows";
-- $1 = {B%,C%}
-- $2 = {%a%,%b%}
-- $3 = {1,2}
-- $4 = {0}
