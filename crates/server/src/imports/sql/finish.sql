-- The end of a run. $1 workspace_id, $2 id, $3 state, $4 summary jsonb.
update public.imports
set state = $3, summary = $4, progress = progress || '{"percent": 100}', finished_at = case when $3 = 'done' then now() end
where workspace_id = $1 and id = $2
