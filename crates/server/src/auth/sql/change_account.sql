-- What a user changes about themselves; a null leaves the column as it is.
-- $1 user_id uuid, $2 email text, $3 encrypted_password text, $4 user_metadata jsonb; one row, through users_pkey.
update auth.users u
set email = coalesce($2, u.email),
    encrypted_password = coalesce($3, u.encrypted_password),
    email_confirmed_at = coalesce(u.email_confirmed_at, now()),
    user_metadata = coalesce($4, u.user_metadata),
    updated_at = now()
where u.id = $1
returning u.id, u.email, u.encrypted_password, u.user_metadata, u.app_metadata, u.banned_until, u.email_confirmed_at,
  u.invited_at, u.confirmation_sent_at, u.recovery_sent_at, u.last_sign_in_at, u.created_at, u.updated_at
