-- GET /contacts?select=id&city=like(any).{B*,C*}&city=ilike(all).{*a*,*b*}&version=eq(any).{1,2}&version=gt(all).{0}
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("t"), '[]') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."city" like any($1)
and "contacts"."city" ilike all($2)
and "contacts"."version" = any($3)
and "contacts"."version" > all($4)) as "t";
-- $1 = {B%,C%}
-- $2 = {%a%,%b%}
-- $3 = {1,2}
-- $4 = {0}
