-- The user who signs in with an address, however it is capitalised.
-- $1 email text; zero or one row, through users_email_key.
select u.id, u.email, u.encrypted_password, u.user_metadata, u.app_metadata, u.banned_until, u.email_confirmed_at,
  u.invited_at, u.confirmation_sent_at, u.recovery_sent_at, u.last_sign_in_at, u.created_at, u.updated_at
from auth.users u
where lower(u.email) = lower($1)
  and u.deleted_at is null
