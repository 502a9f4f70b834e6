-- Another plan, while nothing has run. $1 workspace_id, $2 id, $3 plan jsonb.
update public.imports
set plan = $3
where workspace_id = $1 and id = $2 and state in ('draft', 'failed')
