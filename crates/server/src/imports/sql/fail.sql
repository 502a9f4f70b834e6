-- The end of a run that failed; an undo that failed leaves the import done. $1 workspace_id, $2 id, $3 error.
update public.imports
set state = case state when 'undoing' then 'done' else 'failed' end, error = $3, progress = '{}',
    finished_at = case state when 'undoing' then finished_at else now() end
where workspace_id = $1 and id = $2 and state in ('running', 'undoing')
