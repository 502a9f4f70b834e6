-- A refresh token has been used.
-- $1 id bigint, $2 revoked_at timestamptz; through refresh_tokens_pkey.
update auth.refresh_tokens
set revoked_at = $2
where id = $1
