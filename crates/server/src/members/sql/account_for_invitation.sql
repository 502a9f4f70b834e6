-- The user who is invited: the one with this address, or a new one without a password.
-- $1 email text or null, $2 full_name text; one row, through users_email_key.
with added as (
  insert into auth.users (email, invited_at, user_metadata)
  values ($1, now(), case when $2 = '' then '{}' else jsonb_build_object('full_name', $2) end)
  on conflict (lower(email)) where deleted_at is null do nothing
  returning id, false as has_account
)
select id, has_account
from added
union all
select u.id, u.encrypted_password is not null
from auth.users u
where lower(u.email) = lower($1)
  and u.deleted_at is null
limit 1
