-- Moves an import on, if its state allows. $1 workspace_id, $2 id, $3 states it may be in, $4 the new one.
update public.imports
set state = $4, error = null, progress = '{}',
    started_at = case when $4 = 'running' then now() else started_at end,
    finished_at = case when $4 = 'running' then null else finished_at end
where workspace_id = $1 and id = $2 and state = any ($3::text[])
