-- GET /contacts?select=id,full:last_name,created_at::date,custom->address->>city,phones->0->>value,first:phones->0,tags->0,"email"
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("t"), '[]') as body, null as response_headers, null as response_status, null as inserted, null as location
from (select "contacts"."id", "contacts"."last_name" as "full", cast("contacts"."created_at" as "date") as "created_at", ("contacts"."custom"->'address'->>'city') as "city", ("contacts"."phones"->(0)->>'value') as "value", ("contacts"."phones"->(0)) as "first", (to_jsonb("contacts"."tags")->(0)) as "tags", "contacts"."email"
from "public"."contacts" as "contacts") as "t";
