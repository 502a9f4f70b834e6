-- A refresh token of a session; parent is the one it replaces.
-- $1 token_hash bytea, $2 session_id uuid, $3 parent_id bigint or null; one row.
insert into auth.refresh_tokens (token_hash, session_id, parent_id)
values ($1, $2, $3)
returning id
