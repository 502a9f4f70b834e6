-- A new user who has chosen a password.
-- $1 email text, $2 encrypted_password text, $3 user_metadata jsonb; one row.
insert into auth.users as u (email, encrypted_password, email_confirmed_at, user_metadata)
values ($1, $2, now(), $3)
returning u.id, u.email, u.encrypted_password, u.user_metadata, u.app_metadata, u.banned_until, u.email_confirmed_at,
  u.invited_at, u.confirmation_sent_at, u.recovery_sent_at, u.last_sign_in_at, u.created_at, u.updated_at
