-- A refresh token with its session, which stays locked so that two refreshes of one session take turns.
-- $1 token_hash bytea; zero or one row, through refresh_tokens_token_hash_key.
select t.id, t.session_id, t.revoked_at, s.user_id, s.created_at as session_created_at
from auth.refresh_tokens t
join auth.sessions s on s.id = t.session_id
where t.token_hash = $1
for update of s
