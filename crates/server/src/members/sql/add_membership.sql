-- A membership for somebody who may not have come yet.
-- $1 workspace_id uuid, $2 user_id uuid, $3 role text, $4 status text, $5 full_name text, $6 email text, $7 team_id uuid,
-- $8 created_by uuid; one row.
insert into public.memberships (workspace_id, user_id, role, status, full_name, email, team_id, created_by, updated_by)
values ($1, $2, $3, $4, case when $5 = '' then split_part($6, '@', 1) else $5 end, $6, $7, $8, $8)
returning to_jsonb(memberships) as membership
