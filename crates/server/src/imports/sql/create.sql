-- A new draft. $1 workspace_id, $2 id, $3 user_id or null, $4 files jsonb, $5 plan jsonb.
insert into public.imports (workspace_id, id, created_by, updated_by, files, plan)
values ($1, $2, $3, $3, $4, $5)
