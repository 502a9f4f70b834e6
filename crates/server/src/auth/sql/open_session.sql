-- A new session of a user.
-- $1 user_id uuid, $2 user_agent text; one row.
insert into auth.sessions (user_id, user_agent)
values ($1, $2)
returning id
