-- GET /opportunities?select=status,amount.sum(),average:amount::float8.avg()::int4,count(),organization:organizations(name)
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "opportunities"."status", sum("opportunities"."amount") as "sum", cast(avg(cast("opportunities"."amount" as "float8")) as "int4") as "average", count(*) as "count", row_to_json("organizations_2".*)::jsonb as "organization"
from "public"."opportunities" as "opportunities"
left join lateral (select "organizations_1"."name"
from "public"."organizations" as "organizations_1"
where "organizations_1"."workspace_id" = "opportunities"."workspace_id"
and "organizations_1"."id" = "opportunities"."organization_id") as "organizations_2" on true
group by 1, 5) as "~rows";
