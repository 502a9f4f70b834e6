-- Parents, now that every organization is there, in whatever order the files named them.
update public.organizations o
set parent_id = r.id
from stage_organizations s
join refs r on r.kind = 'organizations' and r.value = s.parent
where o.workspace_id = app.workspace_id() and o.id = s.target_id and r.id <> o.id and o.parent_id is distinct from r.id
  and (s.action is null or (s.action = 'match' and s.duplicates = 'update'))
