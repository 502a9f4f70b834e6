-- The name and address that colleagues see follow the user's own account.
-- $1 user_id uuid, $2 email text, $3 full_name text; through memberships_user_id_idx.
update public.memberships
set email = coalesce($2, email),
    full_name = case when $3 = '' then full_name else $3 end
where user_id = $1
