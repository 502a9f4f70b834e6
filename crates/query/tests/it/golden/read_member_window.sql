-- GET /contacts?select=id&deleted_at=is.null&order=custom->score.desc.nullslast,id.desc&limit=100&or=(custom->score.lt.90,and(custom->score.eq.90,id.lt.00000000-0000-0000-0000-000000000001))
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."deleted_at" is null
and (("contacts"."custom"->'score') < $1 or (("contacts"."custom"->'score') = $2 and "contacts"."id" < $3))
order by ("contacts"."custom"->'score') desc nulls last, "contacts"."id" desc
limit 100) as "~rows";
-- $1 = 90
-- $2 = 90
-- $3 = 00000000-0000-0000-0000-000000000001
-- probe
select app.ids_after('contacts', 'custom', 'score', false, true, $1, $2, false, 120);
-- $1 = 90
-- $2 = 00000000-0000-0000-0000-000000000001
-- with the ids found
with "source" as materialized (
select "contacts"."id", "contacts"."custom"
from "public"."contacts" as "contacts"
where "contacts"."id" = any($1)
and "contacts"."deleted_at" is null
and (("contacts"."custom"->'score') < $2 or (("contacts"."custom"->'score') = $3 and "contacts"."id" < $4))
)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "source" as "contacts"
order by ("contacts"."custom"->'score') desc nulls last, "contacts"."id" desc
limit 100) as "~rows";
-- $1 = (ids)
-- $2 = 90
-- $3 = 90
-- $4 = 00000000-0000-0000-0000-000000000001
