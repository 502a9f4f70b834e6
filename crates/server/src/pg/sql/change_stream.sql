-- Can the change stream run on this server, as this login. No parameters; one row.
select
  current_setting('wal_level') = 'logical' as logical,
  r.rolreplication or r.rolsuper as allowed,
  r.rolname::text as login
from pg_roles r
where r.rolname = session_user
