-- Users that an import invited and that belong nowhere now. Who has a password has come since, and stays.
-- $1 workspace_id, $2 import_id.
delete from auth.users u
using app.import_changes c
where c.workspace_id = $1 and c.import_id = $2 and c.table_name = 'users' and u.id = c.row_id
  and u.encrypted_password is null
  and not exists (select from public.memberships m where m.user_id = u.id)
