-- How many rows need looking at. $1 workspace_id, $2 import_id.
select count(*) filter (where severity = 'refused'), count(*) filter (where severity = 'warning')
from app.import_problems
where workspace_id = $1 and import_id = $2
