-- How far a run is. $1 workspace_id, $2 id, $3 progress jsonb.
update public.imports
set progress = $3
where workspace_id = $1 and id = $2 and state in ('running', 'undoing')
