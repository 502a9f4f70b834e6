-- How a file with these columns was mapped. $1 workspace_id, $2 header_hash, $3 plan jsonb.
insert into app.import_mappings (workspace_id, header_hash, plan)
values ($1, $2, $3)
on conflict (workspace_id, header_hash) do update
set plan = excluded.plan, used_at = now()
