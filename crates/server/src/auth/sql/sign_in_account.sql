-- Notes that a user signed in, and gives the user as they are now.
-- $1 user_id uuid; one row, through users_pkey.
update auth.users u
set last_sign_in_at = now()
where u.id = $1
returning u.id, u.email, u.encrypted_password, u.user_metadata, u.app_metadata, u.banned_until, u.email_confirmed_at,
  u.invited_at, u.confirmation_sent_at, u.recovery_sent_at, u.last_sign_in_at, u.created_at, u.updated_at
