-- The one refresh token of a session that has not been used yet.
-- $1 session_id uuid; zero or one row, through refresh_tokens_session_id_idx.
select t.token_hash, t.parent_id
from auth.refresh_tokens t
where t.session_id = $1
  and t.revoked_at is null
order by t.id desc
limit 1
