-- What kind of server this is. No parameters; one row.
select
  current_setting('server_version_num')::int as version,
  current_setting('server_encoding') as encoding,
  pg_is_in_recovery() as standby
