-- Contacts that exist: by mail address, then by name and organization. An address belongs to one contact.
update stage_contacts s
set action = case when s.duplicates <> 'create' then 'twin' end, twin = t.first
from (
  select seq, min(seq) over (partition by lower(email)) as first
  from stage_contacts where action is null and email is not null
) t
where s.seq = t.seq and t.first < t.seq;
update stage_contacts s
set action = 'match', target_id = o.id
from public.contacts o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and lower(o.email) = lower(s.email);
update stage_contacts s
set action = 'match', target_id = o.id
from public.contacts o
where o.workspace_id = app.workspace_id() and o.deleted_at is null and s.action is null and s.duplicates <> 'create'
  and s.external_id is null and (s.email is null or o.email is null)
  and lower(o.first_name) = lower(coalesce(s.first_name, '')) and lower(o.last_name) = lower(coalesce(s.last_name, ''))
  and o.organization_id is not distinct from s.organization_id;
with taken as materialized (
  select s.seq
  from stage_contacts s
  where s.email is not null and (s.action is null or (s.action = 'match' and s.duplicates = 'update'))
    and (exists (
      select from public.contacts o
      where o.workspace_id = app.workspace_id() and o.deleted_at is null and lower(o.email) = lower(s.email)
        and o.id is distinct from s.target_id)
    or (s.action is null and s.twin is not null))
), refused as (
  update stage_contacts s set action = 'refused' from taken t where s.seq = t.seq
)
insert into problems (file, line, severity, column_name, value, reason, row_values)
select s.file, s.line, 'refused', 'email', s.email, 'another contact has this e-mail address', s.raw
from stage_contacts s
join taken using (seq)
