-- Notes that a session was refreshed.
-- $1 session_id uuid, $2 refreshed_at timestamptz; through sessions_pkey.
update auth.sessions
set refreshed_at = $2
where id = $1
