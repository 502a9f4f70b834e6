-- What became of a refresh token, read after its session was locked.
-- $1 id bigint; zero or one row, through refresh_tokens_pkey.
select t.revoked_at
from auth.refresh_tokens t
where t.id = $1
