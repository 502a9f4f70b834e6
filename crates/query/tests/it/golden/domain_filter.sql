-- GET /paints?select=id&shade=eq.ff&or=(shade.in.(aa,bb),shade.isdistinct.cc,shade.is.null)&order=shade
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "paints"."id"
from "public"."paints" as "paints"
where "paints"."shade" = public.text_to_shade($1::text)
and ("paints"."shade" = any(array(select public.text_to_shade("~value") from unnest($2::text[]) as "~value")) or "paints"."shade" is distinct from public.text_to_shade($3::text) or "paints"."shade" is null)
order by "paints"."shade") as "~rows";
-- $1 = ff
-- $2 = {"aa","bb"}
-- $3 = cc
