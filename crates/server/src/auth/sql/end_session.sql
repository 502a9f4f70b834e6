-- Ends one session; its refresh tokens go with it.
-- $1 session_id uuid; through sessions_pkey.
delete from auth.sessions
where id = $1
returning id
