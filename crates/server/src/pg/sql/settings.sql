-- What holds for the statements of one request and no longer: role, claims, limits.
-- $1 role, $2 'on' for a read-only transaction, $3 milliseconds per statement, $4 search path, $5 time zone,
-- $6 claims, $7 user, $8 workspace, $9 role in it, $10 method, $11 path, $12 headers; one row, of no interest.
select
  set_config('role', $1, true),
  set_config('transaction_read_only', $2, true),
  set_config('statement_timeout', $3, true),
  set_config('search_path', $4, true),
  set_config('timezone', $5, true),
  set_config('request.jwt.claims', $6, true),
  set_config('rapport.user_id', $7, true),
  set_config('rapport.workspace_id', $8, true),
  set_config('rapport.workspace_role', $9, true),
  set_config('request.method', $10, true),
  set_config('request.path', $11, true),
  set_config('request.headers', $12, true)
