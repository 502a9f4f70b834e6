-- Spends a link's token, once. An invitation is for somebody without an account: it never opens an existing one.
-- $1 token_hash bytea, $2 purpose text, $3 now timestamptz; zero or one row, through one_time_tokens_token_hash_key.
update auth.one_time_tokens t
set used_at = $3
from auth.users u
where t.token_hash = $1
  and t.purpose = $2
  and t.used_at is null
  and t.expires_at > $3
  and u.id = t.user_id
  and u.deleted_at is null
  and ($2 <> 'invite' or u.encrypted_password is null)
returning t.user_id
