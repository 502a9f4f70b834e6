-- A user who may sign in; a known one gets the new password. $1 email, $2 encrypted_password, $3 full_name.
insert into auth.users (email, encrypted_password, email_confirmed_at, user_metadata)
values ($1, $2, now(), jsonb_build_object('full_name', $3::text))
on conflict (lower(email)) where deleted_at is null do update
set encrypted_password = excluded.encrypted_password, email_confirmed_at = coalesce(users.email_confirmed_at, now())
returning id
