-- Tags. $1 workspace_id, $2 records.
insert into public.tags (workspace_id, id, name, color)
select $1, md5($1::uuid::text || 'tag' || r.name)::uuid, r.name, r.color
from jsonb_to_recordset($2::jsonb -> 'tags') as r (name text, color text)
