-- GET /contacts?select=id&version=eq.1&version=neq.2&version=gt.3&version=gte.4&version=lt.5&version=lte.6&city=like.B*n&city=ilike.*b%25&city=match.^B&city=imatch.^b&id=in.(00000000-0000-0000-0000-000000000001)&deleted_at=is.null&do_not_contact=is.TRUE&city=isdistinct.Bonn&tags=cs.{a}&tags=cd.{a,b}&tags=ov.{c}&custom=cs.{"a":1}&email=not.is.null&do_not_contact=is.unknown&email=is.not_null
select null::bigint as total_result_set, count(*) as page_total, coalesce(json_agg("~rows"), '[]') as body, nullif(current_setting('response.headers', true), '') as response_headers, nullif(current_setting('response.status', true), '') as response_status, null as inserted, null as location
from (select "contacts"."id"
from "public"."contacts" as "contacts"
where "contacts"."version" = $1
and "contacts"."version" <> $2
and "contacts"."version" > $3
and "contacts"."version" >= $4
and "contacts"."version" < $5
and "contacts"."version" <= $6
and "contacts"."city" like $7
and "contacts"."city" ilike $8
and "contacts"."city" ~ $9
and "contacts"."city" ~* $10
and "contacts"."id" = any($11)
and "contacts"."deleted_at" is null
and "contacts"."do_not_contact" is true
and "contacts"."city" is distinct from $12
and "contacts"."tags" @> $13
and "contacts"."tags" <@ $14
and "contacts"."tags" && $15
and "contacts"."custom" @> $16
and not ("contacts"."email" is null)
and "contacts"."do_not_contact" is unknown
and "contacts"."email" is not null) as "~rows";
-- $1 = 1
-- $2 = 2
-- $3 = 3
-- $4 = 4
-- $5 = 5
-- $6 = 6
-- $7 = B%n
-- $8 = %b%
-- $9 = ^B
-- $10 = ^b
-- $11 = {"00000000-0000-0000-0000-000000000001"}
-- $12 = Bonn
-- $13 = {a}
-- $14 = {a,b}
-- $15 = {c}
-- $16 = {"a":1}
