-- Organizations that exist: by domain, then by name. In the files, the same name without an id of the source is the same.
update stage_organizations s
set action = 'twin', twin = t.first
from (
  select seq, min(seq) over (partition by app.fold(name)) as first
  from stage_organizations where action is null and duplicates <> 'create' and external_id is null
) t
where s.seq = t.seq and t.first < t.seq;
update stage_organizations s
set action = 'match', target_id = o.id
from public.organizations o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and lower(o.domain) = lower(s.domain) and s.external_id is null;
update stage_organizations s
set action = 'match', target_id = o.id
from public.organizations o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and app.fold(o.name) = app.fold(s.name)
  and (s.external_id is null or s.external_key is null or not o.custom ? s.external_key)
