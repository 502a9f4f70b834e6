-- A link's token; it replaces unspent ones of the same user and purpose.
-- $1 user_id uuid, $2 purpose text, $3 token_hash bytea, $4 expires_at timestamptz.
with replaced as (
  delete from auth.one_time_tokens
  where user_id = $1
    and purpose = $2
    and used_at is null
)
insert into auth.one_time_tokens (user_id, purpose, token_hash, expires_at)
values ($1, $2, $3, $4)
