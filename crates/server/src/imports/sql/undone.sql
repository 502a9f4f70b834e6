-- The end of an undo. $1 workspace_id, $2 id.
update public.imports
set state = 'undone', undone_at = now(), progress = progress || '{"percent": 100}'
where workspace_id = $1 and id = $2
