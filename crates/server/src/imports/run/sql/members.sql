-- People: twins, matches, new users and memberships; then every name that refers to one. $-free: settings carry the ids.
update stage_members s
set action = 'twin', twin = t.first
from (
  select seq, min(seq) over (partition by coalesce(lower(email), app.fold(full_name))) as first
  from stage_members where action is null
) t
where s.seq = t.seq and t.first < t.seq;

update stage_members s
set action = 'match', target_id = m.user_id
from public.memberships m
where m.workspace_id = app.workspace_id() and s.action is null
  and (lower(m.email) = lower(s.email) or (app.fold(m.full_name) = app.fold(s.full_name) and (s.email is null or m.email is null)));

-- Somebody who has an account already is asked to join with it.
update stage_members s
set target_id = u.id
from auth.users u
where s.action is null and u.deleted_at is null and lower(u.email) = lower(s.email);

insert into auth.users (id, email, invited_at, user_metadata, current_workspace_id)
select s.id, s.email, now(), jsonb_build_object('full_name', coalesce(s.full_name, s.email)), app.workspace_id()
from stage_members s
where s.action is null and s.target_id is null;
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), 'users', s.id
from stage_members s
where s.action is null and s.target_id is null;

insert into public.memberships (workspace_id, id, user_id, role, status, full_name, email, job_title, created_by, updated_by)
select app.workspace_id(), app.uuid_v7(), coalesce(s.target_id, s.id),
  coalesce(s.role, case when exists (
    select from refs r where r.kind = 'members' and r.as_manager and r.key in (app.fold(s.full_name), lower(s.email))
  ) then 'manager' else 'member' end),
  'invited', coalesce(s.full_name, s.email), s.email, s.job_title, app.user_id(), app.user_id()
from stage_members s
where s.action is null
order by s.seq;
update stage_members set target_id = id where action is null and target_id is null;
update stage_members s set target_id = f.target_id from stage_members f where s.action = 'twin' and f.seq = s.twin;

update refs r
set id = m.user_id
from public.memberships m
where r.kind = 'members' and m.workspace_id = app.workspace_id() and r.key = lower(m.email);
update refs r
set id = m.user_id
from public.memberships m
where r.kind = 'members' and r.id is null and m.workspace_id = app.workspace_id() and r.key = app.fold(m.full_name);

-- Names that nobody bears yet become invited members.
create temp table invited on commit drop as
select distinct on (r.key) r.key, r.value, app.uuid_v7() as id, a.id as known,
  bool_or(r.as_manager) over (partition by r.key) as as_manager
from refs r
left join auth.users a on a.deleted_at is null and position('@' in r.key) > 0 and lower(a.email) = r.key
where r.kind = 'members' and r.id is null and r.make
order by r.key, r.rows desc;
update refs r
set id = coalesce(i.known, i.id), created = true
from invited i
where r.kind = 'members' and r.id is null and r.key = i.key;
insert into auth.users (id, email, invited_at, user_metadata, current_workspace_id)
select id, case when position('@' in key) > 0 then value end, now(), jsonb_build_object('full_name', value), app.workspace_id()
from invited
where known is null;
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), 'users', id
from invited
where known is null;
insert into public.memberships (workspace_id, id, user_id, role, status, full_name, email, created_by, updated_by)
select app.workspace_id(), app.uuid_v7(), coalesce(known, id), case when as_manager then 'manager' else 'member' end,
  'invited', value, case when position('@' in key) > 0 then value end, app.user_id(), app.user_id()
from invited
order by value;

-- Teams: by their own name, else each manager's people, else each region's.
update stage_members s
set team_name = coalesce(s.team, 'Team ' || s.manager, s.region)
where s.action is distinct from 'refused';
create temp table new_teams on commit drop as
select app.uuid_v7() as id, min(s.team_name) as name, min(s.region) as region, (array_agg(r.id) filter (where r.id is not null))[1] as manager_id
from stage_members s
left join refs r on r.kind = 'members' and r.value = s.manager
where s.team_name is not null
  and not exists (
    select from public.teams t
    where t.workspace_id = app.workspace_id() and t.deleted_at is null and app.fold(t.name) = app.fold(s.team_name))
group by app.fold(s.team_name);
insert into public.teams (workspace_id, id, name, region, manager_user_id, created_by, updated_by)
select app.workspace_id(), id, name, region, manager_id, app.user_id(), app.user_id()
from new_teams
order by region, name;
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), 'teams', id
from new_teams;

-- Who already was a member keeps what they have, but an empty team is filled; "update" fills in the rest.
create temp table member_updates on commit drop as
select m.id, t.id as team_id, s.duplicates = 'update' and s.action = 'match' as fill, s.full_name, s.job_title, s.action,
  to_jsonb(m) as before
from stage_members s
join public.memberships m on m.workspace_id = app.workspace_id() and m.user_id = s.target_id
left join public.teams t on t.workspace_id = app.workspace_id() and t.deleted_at is null and app.fold(t.name) = app.fold(s.team_name)
where s.action is null or (s.action = 'match' and (s.duplicates = 'update' or (m.team_id is null and t.id is not null)));
update public.memberships m
set team_id = coalesce(u.team_id, m.team_id),
    full_name = case when u.fill then coalesce(u.full_name, m.full_name) else m.full_name end,
    job_title = case when u.fill then coalesce(u.job_title, m.job_title) else m.job_title end,
    updated_by = app.user_id()
from member_updates u
where m.workspace_id = app.workspace_id() and m.id = u.id and (u.team_id is not null or u.fill);
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id, before, version_after)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), 'memberships', m.id, u.before, m.version
from member_updates u
join public.memberships m on m.workspace_id = app.workspace_id() and m.id = u.id
where u.action = 'match' and m.version > (u.before ->> 'version')::bigint;
insert into app.import_changes (workspace_id, import_id, seq, table_name, row_id, version_after)
select app.workspace_id(), current_setting('rapport.import_id')::uuid, nextval('change_seq'), 'memberships', m.id, m.version
from public.memberships m
where m.workspace_id = app.workspace_id()
  and (m.user_id in (select target_id from stage_members where action is null)
    or m.user_id in (select coalesce(known, id) from invited))
