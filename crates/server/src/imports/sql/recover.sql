-- Runs whose server is gone: nobody holds their lock any more, and their transaction was rolled back.
with left_behind as materialized (
  select workspace_id, id, state
  from public.imports
  where state in ('running', 'undoing') and updated_at < now() - interval '2 seconds'
)
update public.imports i
set state = case l.state when 'undoing' then 'done' else 'failed' end, progress = '{}',
    error = 'The server stopped in the middle; nothing was changed. Start it again.'
from left_behind l
where i.workspace_id = l.workspace_id and i.id = l.id and pg_try_advisory_xact_lock(hashtextextended(l.id::text, 0))
