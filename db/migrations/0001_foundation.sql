-- What everything else stands on: schemas, extensions, the roles a request can take, and who is asking.

create schema extensions;
-- The record of migrations lives in it and comes first.
create schema if not exists app;
create schema auth;

create extension if not exists pg_trgm with schema extensions;
create extension if not exists btree_gin with schema extensions;

-- Roles belong to the cluster, not to the database, so another database may have made them already.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['anon', 'authenticated', 'rapport_viewer', 'rapport_api', 'rapport_system'] loop
    begin
      execute format('create role %I nologin noinherit', wanted);
    exception when duplicate_object or unique_violation then
      null;
    end;
  end loop;
  -- The pool logs in as the owner, steps down to rapport_api (which may do nothing) and takes a role per request.
  execute format('grant anon, authenticated, rapport_viewer, rapport_api, rapport_system to %I', current_user);
end
$$;
comment on role anon is 'Rapport: a caller without a session; holds no privilege.';
comment on role authenticated is 'Rapport: a member who may write.';
comment on role rapport_viewer is 'Rapport: a member who may only read.';
comment on role rapport_api is 'Rapport: what a pooled connection is between two requests; holds no privilege.';
comment on role rapport_system is 'Rapport: the server''s own work (sign-in, imports, seed); not a request.';

revoke all on schema public from public;
grant usage on schema public, app, extensions to anon, authenticated, rapport_viewer, rapport_system;
grant usage on schema auth to rapport_system;

-- The caller. Each request sets these for its own transaction; absent means nobody, and nobody sees nothing.
create function app.workspace_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('rapport.workspace_id', true), '')::uuid;
comment on function app.workspace_id() is 'The workspace of the caller, or null.';

create function app.user_id() returns uuid
  language sql stable parallel safe
  return nullif(current_setting('rapport.user_id', true), '')::uuid;
comment on function app.user_id() is 'The user who calls, or null.';

create function app.workspace_role() returns text
  language sql stable parallel safe
  return nullif(current_setting('rapport.workspace_role', true), '');
comment on function app.workspace_role() is 'The caller''s role in the workspace: owner, admin, manager, member, viewer, or null.';

create function app.may_write() returns boolean
  language sql stable parallel safe
  return coalesce(app.workspace_role() in ('owner', 'admin', 'manager', 'member'), false);
comment on function app.may_write() is 'May the caller create and change records?';

create function app.may_curate() returns boolean
  language sql stable parallel safe
  return coalesce(app.workspace_role() in ('owner', 'admin', 'manager'), false);
comment on function app.may_curate() is 'May the caller change shared lists (products) and delete records for good?';

create function app.may_manage() returns boolean
  language sql stable parallel safe
  return coalesce(app.workspace_role() in ('owner', 'admin'), false);
comment on function app.may_manage() is 'May the caller manage the workspace, its members, teams and pipelines?';

-- RFC 9562 version 7: time first, so that new rows land at the end of every index that ends in id.
create function app.uuid_v7() returns uuid
  language sql volatile parallel safe
  return encode(
    set_bit(
      set_bit(
        overlay(uuid_send(gen_random_uuid())
          placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
          from 1 for 6),
        52, 1),
      53, 1),
    'hex')::uuid;
comment on function app.uuid_v7() is 'A new UUID whose order is its time of birth (RFC 9562).';

-- What search compares: lower case, accents off. Only built-in immutable functions, so it may feed generated columns.
create function app.fold(value text) returns text
  language sql immutable parallel safe strict
  return lower(translate(
    regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g'),
    'øØłŁđĐðÐıßþÞ', 'oOlLdDdDispP'));
comment on function app.fold(text) is 'The text in lower case and without accents.';

create function app.labelled_values(list jsonb) returns text
  language sql immutable parallel safe strict
  return case when list = '[]' then '' else jsonb_path_query_array(list, '$[*].value')::text end;
comment on function app.labelled_values(jsonb) is 'The values of a labelled list ([{"label","value"}]) as one text.';

create function app.labelled_digits(list jsonb) returns text
  language sql immutable parallel safe strict
  return case when list = '[]' then '' else regexp_replace(jsonb_path_query_array(list, '$[*].value')::text, '[^0-9,]', '', 'g') end;
comment on function app.labelled_digits(jsonb) is 'The digits of a labelled list of phone numbers, comma between numbers.';

create function app.digits(value text) returns text
  language sql immutable parallel safe strict
  return regexp_replace(value, '[^0-9]', '', 'g');
comment on function app.digits(text) is 'The digits of a phone number.';

-- A trigram index is blind below three letters; these serve a search for two.
create function app.letter_pairs(value text) returns text[]
  language sql immutable parallel safe strict
  as $$ select array(select distinct substr(value, i, 2) from generate_series(1, length(value) - 1) as i) $$;
comment on function app.letter_pairs(text) is 'Every two neighbouring characters of a text, once each.';

-- Where a new card goes: above all older ones. Keys are compared byte by byte; between any two there is room for another.
create function app.top_board_position() returns text
  language sql volatile parallel safe
  return lpad(to_hex(9007199254740991 - floor(extract(epoch from clock_timestamp()) * 1000000)::bigint), 14, '0') || 'h';
comment on function app.top_board_position() is 'A fractional board key that sorts before every key given out earlier.';

create table app.settings (
  key text primary key,
  value jsonb not null
);
comment on table app.settings is 'What all nodes of an installation share: signing key, instance name.';
