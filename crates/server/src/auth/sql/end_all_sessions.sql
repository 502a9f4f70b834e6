-- Ends every session of a user, one perhaps excepted.
-- $1 user_id uuid, $2 session_id uuid to keep or null; through sessions_user_id_idx.
delete from auth.sessions
where user_id = $1
  and ($2::uuid is null or id <> $2)
returning id
