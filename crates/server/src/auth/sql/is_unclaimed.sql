-- Has nobody taken this installation yet? Invited users without a password do not count.
-- No parameters; one row.
select not exists (
  select
  from auth.users
  where encrypted_password is not null
    and deleted_at is null
)
