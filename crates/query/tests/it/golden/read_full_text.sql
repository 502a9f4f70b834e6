-- GET /organizations?select=id&search_vector=wfts(simple).paper mill&name=fts.paper&description=not.plfts(english).mill&search_vector=phfts(simple).a b
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "organizations"."id"
from "public"."organizations" as "organizations"
where "organizations"."search_vector" @@ websearch_to_tsquery('simple', $1)
and to_tsvector("organizations"."name") @@ to_tsquery($2)
and not (to_tsvector('english', "organizations"."description") @@ plainto_tsquery('english', $3))
and "organizations"."search_vector" @@ phraseto_tsquery('simple', $4)) as "~rows";
-- $1 = paper mill
-- $2 = paper
-- $3 = mill
-- $4 = a b
