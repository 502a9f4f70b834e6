-- Forgets an import that left nothing behind. $1 workspace_id, $2 id.
delete from public.imports
where workspace_id = $1 and id = $2 and state in ('draft', 'failed', 'undone')
