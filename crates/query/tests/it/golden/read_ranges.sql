-- GET /shipments?select=id&during=sl.(2020-01-01,2021-01-01)&during=sr.[2020-01-01,2021-01-01)&during=nxr.[2020-01-01,2021-01-01)&during=nxl.[2020-01-01,2021-01-01)&during=adj.[2020-01-01,2021-01-01)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "shipments"."id"
from "public"."shipments" as "shipments"
where "shipments"."during" << $1
and "shipments"."during" >> $2
and "shipments"."during" &< $3
and "shipments"."during" &> $4
and "shipments"."during" -|- $5) as "~rows";
-- $1 = (2020-01-01,2021-01-01)
-- $2 = [2020-01-01,2021-01-01)
-- $3 = [2020-01-01,2021-01-01)
-- $4 = [2020-01-01,2021-01-01)
-- $5 = [2020-01-01,2021-01-01)
