-- What has been set for the roles that a request can take, as far as the login role may set it.
-- No parameters; rows of role, setting and value, a setting made for this database after one made for all.
select
  r.rolname::text,
  split_part(given.text, '=', 1),
  substr(given.text, strpos(given.text, '=') + 1)
from pg_db_role_setting s
join pg_roles r on r.oid = s.setrole
cross join lateral unnest(s.setconfig) as given (text)
left join pg_settings known on known.name = split_part(given.text, '=', 1)
where s.setdatabase in (0, (select d.oid from pg_database d where d.datname = current_database()))
  and pg_has_role(current_user, r.oid, 'member')
  and (known.context is null
    or known.context = 'user'
    or has_parameter_privilege(current_user, known.name, 'set'))
order by r.rolname, s.setdatabase
