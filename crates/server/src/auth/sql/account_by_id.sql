-- A user by id.
-- $1 user_id uuid; zero or one row, through users_pkey.
select u.id, u.email, u.encrypted_password, u.user_metadata, u.app_metadata, u.banned_until, u.email_confirmed_at,
  u.invited_at, u.confirmation_sent_at, u.recovery_sent_at, u.last_sign_in_at, u.created_at, u.updated_at
from auth.users u
where u.id = $1
  and u.deleted_at is null
