-- The whole schema as the migrations make it, written by `cargo xtask schema`. Do not edit; add a migration.
-- A test proves that this file and db/migrations are the same. See db/README.md for how to read it.

CREATE SCHEMA app;

CREATE SCHEMA auth;

CREATE SCHEMA extensions;

COMMENT ON SCHEMA public IS 'Rapport data API
Everything a workspace holds. A caller sees their own workspace and nothing else.';

CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA extensions;

COMMENT ON EXTENSION btree_gin IS 'support for indexing common datatypes in GIN';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA extensions;

COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';

CREATE TYPE app.search_terms AS (
	workspace uuid,
	caller uuid,
	whole text,
	whole_from text,
	whole_to text,
	beginnings text[],
	fragments text[],
	longest text[],
	longest_from text,
	longest_to text,
	pairs text[],
	lexemes tsquery,
	most integer
);

COMMENT ON TYPE app.search_terms IS 'What app.search_records asks of each kind of record.';

CREATE FUNCTION app.fold(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(translate(regexp_replace(NORMALIZE(value, NFD), '[\u0300-\u036f]'::text, ''::text, 'g'::text), 'øØłŁđĐðÐıßþÞ'::text, 'oOlLdDdDispP'::text));

COMMENT ON FUNCTION app.fold(value text) IS 'The text in lower case and without accents.';

CREATE FUNCTION app.activity_words(subject text, body text) RETURNS tsvector
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple'::regconfig, app.fold(((subject || ' '::text) || "left"(COALESCE(body, ''::text), 20000))));

COMMENT ON FUNCTION app.activity_words(subject text, body text) IS 'The words of an activity''s subject and body, folded.';

CREATE FUNCTION app.digits(value text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN regexp_replace(value, '[^0-9]'::text, ''::text, 'g'::text);

COMMENT ON FUNCTION app.digits(value text) IS 'The digits of a phone number.';

CREATE FUNCTION app.follow_stage() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
declare
  stage record;
begin
  if new.stage_id is null then
    select s.id, s.pipeline_id, s.kind, s.probability_percent into stage
    from public.stages s
    join public.pipelines p on p.workspace_id = s.workspace_id and p.id = s.pipeline_id
    where s.workspace_id = new.workspace_id and s.deleted_at is null and p.deleted_at is null
      and (new.pipeline_id is null or s.pipeline_id = new.pipeline_id) and s.kind = 'open'
    order by p.is_default desc, p.position, s.position
    limit 1;
    new.stage_id := stage.id;
  else
    select s.id, s.pipeline_id, s.kind, s.probability_percent into stage
    from public.stages s
    where s.workspace_id = new.workspace_id and s.id = new.stage_id;
  end if;
  if stage.id is null then
    return new; -- The foreign key says it better.
  end if;
  new.pipeline_id := stage.pipeline_id;
  new.status := stage.kind;
  if tg_op = 'INSERT' then
    new.probability_percent := coalesce(new.probability_percent, stage.probability_percent);
  elsif new.stage_id is distinct from old.stage_id then
    new.stage_changed_at := now();
    if new.probability_percent is not distinct from old.probability_percent then
      new.probability_percent := stage.probability_percent;
    end if;
  end if;
  if stage.kind = 'open' then
    new.closed_at := null;
    new.lost_reason := null;
  else
    new.closed_at := coalesce(new.closed_at, now());
    if stage.kind = 'won' then
      new.lost_reason := null;
    end if;
  end if;
  return new;
end
$$;

CREATE FUNCTION app.fragment_pattern(fragment text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN replace(replace(replace(fragment, '\'::text, '\\'::text), '%'::text, '\%'::text), '_'::text, '\_'::text);

COMMENT ON FUNCTION app.fragment_pattern(fragment text) IS 'A fragment as LIKE reads it: its wildcards stand for themselves.';

CREATE FUNCTION app.guard_owners() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if app.workspace_role() is distinct from 'owner' and (
    tg_op = 'DELETE' and old.role = 'owner'
    or tg_op = 'UPDATE' and new.role is distinct from old.role and 'owner' in (old.role, new.role)
    or tg_op = 'UPDATE' and old.role = 'owner' and new.status is distinct from old.status
  ) then
    raise exception 'Only an owner may make, unmake or remove an owner'
      using errcode = '42501', column = 'role', table = 'memberships';
  end if;
  if old.role = 'owner' and (tg_op = 'DELETE' or new.role <> 'owner' or new.status = 'disabled')
     and not exists (
       select from public.memberships m
       where m.workspace_id = old.workspace_id and m.id <> old.id and m.role = 'owner' and m.status = 'active')
     and exists (select from public.workspaces w where w.id = old.workspace_id) then
    raise exception 'A workspace needs at least one owner'
      using errcode = '23514', constraint = 'memberships_keep_one_owner', column = 'role', table = 'memberships';
  end if;
  if tg_op = 'DELETE' then
    return old;
  end if;
  return new;
end
$$;

CREATE FUNCTION app.ids_after(target text, column_name text, member text, as_text boolean, descending boolean, value text, id uuid, included boolean, most integer) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    SET enable_sort TO 'off'
    AS $_$
declare
  key text := format(case when as_text then 'left(t.%I ->> %L, 500)' else '(t.%I -> %L)' end, column_name, member);
  ids uuid[];
begin
  if not exists (
    select from pg_attribute a
    where a.attrelid = to_regclass(format('public.%I', target))
      and a.attname in ('workspace_id', 'deleted_at', 'id', column_name)
      and not a.attisdropped
    having count(*) = 4) then
    raise exception 'table % has no column %', target, column_name using errcode = '42703';
  end if;
  execute format(
    'select array_agg(id) from (
       select t.id from public.%1$I t
       where t.workspace_id = $1 and t.deleted_at is null and (%2$s, t.id) %3$s (%4$s, $2)
       order by %2$s %5$s nulls last, t.id %5$s
       limit $3) as found',
    target, key, case when descending then '<' else '>' end || case when included then '=' else '' end,
    case when as_text then quote_literal(value) else quote_literal(value) || '::jsonb' end, case when descending then 'desc' else 'asc' end)
  into ids using app.workspace_id(), id, most;
  return coalesce(ids, '{}');
end
$_$;

COMMENT ON FUNCTION app.ids_after(target text, column_name text, member text, as_text boolean, descending boolean, value text, id uuid, included boolean, most integer) IS 'Ids of the caller''s rows that follow a value and an id in the order of a member of a JSON column, the next "most" of them, by the index for it.';

CREATE FUNCTION app.ids_where(target text, column_name text, member text, as_text boolean, operator text, wanted text, most integer DEFAULT 5000) RETURNS uuid[]
    LANGUAGE plpgsql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET enable_seqscan TO 'off'
    AS $_$
declare
  condition text;
  ids uuid[];
begin
  if not exists (
    select from pg_attribute a
    where a.attrelid = to_regclass(format('public.%I', target))
      and a.attname in ('workspace_id', 'deleted_at', 'id', column_name)
      and not a.attisdropped
    having count(*) = 4) then
    raise exception 'table % has no column %', target, column_name using errcode = '42703';
  end if;
  condition := case
    when member is null and operator = '@>' then format('t.%I @> %L', column_name, wanted)
    when member is null or operator not in ('=', '<', '<=', '>', '>=', 'in') then null
    -- An index holds the first 500 characters, so these are candidates.
    when as_text and operator = 'in' then
      format('left(t.%I ->> %L, 500) = any (array(select left(v, 500) from unnest(%L::text[]) as v))', column_name, member, wanted)
    when as_text then
      format('left(t.%I ->> %L, 500) %s left(%L, 500)', column_name, member, case operator when '<' then '<=' when '>' then '>=' else operator end, wanted)
    when operator = 'in' then
      format('t.%I -> %L = any (array(select v::jsonb from unnest(%L::text[]) as v))', column_name, member, wanted)
    else format('t.%I -> %L %s %L::jsonb', column_name, member, operator, wanted)
  end;
  if condition is null then
    raise exception 'no index is asked by %', operator using errcode = '0A000';
  end if;
  execute format(
    'select array_agg(id) from (
       select t.id from public.%I t
       where t.workspace_id = $1 and t.deleted_at is null and %s
       limit $2) as found', target, condition)
  into ids using app.workspace_id(), most + 1;
  if cardinality(ids) > most then
    return null;
  end if;
  return coalesce(ids, '{}');
end
$_$;

COMMENT ON FUNCTION app.ids_where(target text, column_name text, member text, as_text boolean, operator text, wanted text, most integer) IS 'Ids of the caller''s rows that may fulfil a condition on a member of a JSON column or on a list, by the index for it; null when there are more than "most", and the caller should walk its sort index instead.';

CREATE FUNCTION app.labelled_digits(list jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN (list = '[]'::jsonb) THEN ''::text ELSE regexp_replace((jsonb_path_query_array(list, '$[*]."value"'::jsonpath))::text, '[^0-9,]'::text, ''::text, 'g'::text) END;

COMMENT ON FUNCTION app.labelled_digits(list jsonb) IS 'The digits of a labelled list of phone numbers, comma between numbers.';

CREATE FUNCTION app.labelled_values(list jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN CASE WHEN (list = '[]'::jsonb) THEN ''::text ELSE (jsonb_path_query_array(list, '$[*]."value"'::jsonpath))::text END;

COMMENT ON FUNCTION app.labelled_values(list jsonb) IS 'The values of a labelled list ([{"label","value"}]) as one text.';

CREATE FUNCTION app.letter_pairs(value text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    AS $$ select array(select distinct substr(value, i, 2) from generate_series(1, length(value) - 1) as i) $$;

COMMENT ON FUNCTION app.letter_pairs(value text) IS 'Every two neighbouring characters of a text, once each.';

CREATE FUNCTION app.live_count(target text, most integer DEFAULT 10000) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    AS $_$
declare
  counted bigint;
  plan json;
begin
  if target not in ('contacts', 'organizations', 'opportunities', 'activities') then
    raise exception 'table % has no live count', target using errcode = '42P01';
  end if;
  execute format(
    'select count(*) from (
       select from public.%I t
       where t.workspace_id = $1 and t.deleted_at is null
       limit $2) as found', target)
  into counted using app.workspace_id(), most + 1;
  if counted <= most then
    return counted;
  end if;
  -- Beyond that the planner's own estimate is near enough for a number nobody counts along with.
  execute format(
    'explain (format json) select from public.%I t where t.workspace_id = %L and t.deleted_at is null',
    target, app.workspace_id())
  into plan;
  return greatest(counted, (plan #>> '{0,Plan,Plan Rows}')::bigint);
end
$_$;

COMMENT ON FUNCTION app.live_count(target text, most integer) IS 'The number of the caller''s records that are not deleted: exact up to "most", the planner''s estimate beyond.';

CREATE FUNCTION app.matching_ids(target text, fragments text[], every boolean DEFAULT false, most integer DEFAULT 5000) RETURNS uuid[]
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET max_parallel_workers_per_gather TO '0'
    AS $_$
declare
  matching text;
  plan json;
  ids uuid[];
begin
  if not exists (
    select from pg_attribute a
    where a.attrelid = to_regclass(format('public.%I', target)) and a.attname = 'search_text' and a.attgenerated = 's') then
    raise exception 'table % has no search column', target using errcode = '42703';
  end if;
  select string_agg(
    case
      when length(fragment) >= 3 then format('t.search_text like %L', '%' || app.fragment_pattern(fragment) || '%')
      when length(fragment) = 2 then format('app.letter_pairs(t.search_text) @> array[%L]', fragment)
      else 'true'
    end, case when every then ' and ' else ' or ' end)
  into matching
  from (select app.fold(f) as fragment from unnest(fragments) as f) as folded;
  if matching is null then
    return null;
  end if;
  matching := format('select t.id from public.%I t where t.workspace_id = $1 and (%s)', target, matching);
  execute 'explain (format json) ' || matching into plan using app.workspace_id();
  if (plan -> 0 -> 'Plan' ->> 'Plan Rows')::numeric > 4 * most then
    return null;
  end if;
  execute format('select array_agg(id) from (%s limit $2) as found', matching) into ids using app.workspace_id(), most + 1;
  if cardinality(ids) > most then
    return null;
  end if;
  return coalesce(ids, '{}');
end
$_$;

COMMENT ON FUNCTION app.matching_ids(target text, fragments text[], every boolean, most integer) IS 'Ids of the caller''s rows whose search text holds any (or every) of the fragments; null when there are more than "most", and the caller should walk its sort index instead.';

CREATE FUNCTION app.workspace_role() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN NULLIF(current_setting('rapport.workspace_role'::text, true), ''::text);

COMMENT ON FUNCTION app.workspace_role() IS 'The caller''s role in the workspace: owner, admin, manager, member, viewer, or null.';

CREATE FUNCTION app.may_curate() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((app.workspace_role() = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text])), false);

COMMENT ON FUNCTION app.may_curate() IS 'May the caller change shared lists (products) and delete records for good?';

CREATE FUNCTION app.may_manage() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((app.workspace_role() = ANY (ARRAY['owner'::text, 'admin'::text])), false);

COMMENT ON FUNCTION app.may_manage() IS 'May the caller manage the workspace, its members, teams and pipelines?';

CREATE FUNCTION app.may_write() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN COALESCE((app.workspace_role() = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text, 'member'::text])), false);

COMMENT ON FUNCTION app.may_write() IS 'May the caller create and change records?';

CREATE FUNCTION app.search_activities(terms app.search_terms) RETURNS TABLE(id uuid, rank integer, own boolean, at timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
      #variable_conflict use_column
      begin
        return query
        with latest as materialized (
          select * from (
            select t.id, app.fold(t.subject || E'\n' || left(coalesce(t.body, ''), 2000)) as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.occurred_at as at from public.activities t where t.workspace_id = terms.workspace and t.deleted_at is null order by t.occurred_at desc, t.id desc limit 300) as t
          where t.looked_at like all (terms.fragments)
          limit 300
        ), named as materialized (
          select t.id, app.fold(t.subject || E'\n' || left(coalesce(t.body, ''), 2000)) as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.occurred_at as at from public.activities t where t.workspace_id = terms.workspace and t.deleted_at is null and false limit 200
        ), surnamed as materialized (
          select t.id, app.fold(t.subject || E'\n' || left(coalesce(t.body, ''), 2000)) as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.occurred_at as at from public.activities t where t.workspace_id = terms.workspace and t.deleted_at is null and false limit 200
        ), indexed as materialized (
          select t.id, app.fold(t.subject || E'\n' || left(coalesce(t.body, ''), 2000)) as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.occurred_at as at from public.activities t where t.workspace_id = terms.workspace and t.deleted_at is null and app.activity_words(t.subject, t.body) @@ terms.lexemes
          and app.fold(t.subject || ' ' || left(coalesce(t.body, ''), 20000)) like all (terms.fragments)
        ), organization as materialized (
          select o.id, o.search_text from public.organizations o
          where o.workspace_id = terms.workspace and o.deleted_at is null
            and left(o.search_text, 32) ~>=~ terms.longest_from and left(o.search_text, 32) ~<~ terms.longest_to
          limit 20
        ), belonging as materialized (
          select t.* from organization o
          cross join lateral (
            select t.id, app.fold(t.subject || E'\n' || left(coalesce(t.body, ''), 2000)) as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.occurred_at as at from public.activities t where t.workspace_id = terms.workspace and t.deleted_at is null and false order by t.created_at desc limit 50) as t
          where t.looked_at || o.search_text like all (terms.fragments)
        ), candidates as materialized (
          select c.*, E'\n' || translate(c.looked_at, ',["]', E'\n\n\n\n') || E'\n' as lines
          from (
            select * from latest
            union all select * from named
            union all select * from surnamed
            union all (select * from indexed where (select count(*) from latest) < terms.most limit 300)) as c
        )
        select id, min(rank), own, at
        from (
          select id, app.search_rank(looked_at, lines, terms.whole, terms.beginnings) as rank, own, at from candidates
          union all select id, 4, own, at from belonging) as t
        group by id, own, at
        order by min(rank), own desc, at desc, id desc
        limit terms.most;
      end
      $$;

COMMENT ON FUNCTION app.search_activities(terms app.search_terms) IS 'What app.search_records finds among records of this kind.';

CREATE FUNCTION app.search_contacts(terms app.search_terms) RETURNS TABLE(id uuid, rank integer, own boolean, at timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
      #variable_conflict use_column
      begin
        return query
        with latest as materialized (
          select * from (
            select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.contacts t where t.workspace_id = terms.workspace and t.deleted_at is null order by t.updated_at desc, t.id desc limit 1000) as t
          where t.looked_at like all (terms.fragments)
          limit 300
        ), named as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.contacts t where t.workspace_id = terms.workspace and t.deleted_at is null and left(t.search_text, 32) ~>=~ terms.whole_from and left(t.search_text, 32) ~<~ terms.whole_to limit 200
        ), surnamed as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.contacts t where t.workspace_id = terms.workspace and t.deleted_at is null and left(app.fold(t.last_name), 32) ~>=~ terms.whole_from and left(app.fold(t.last_name), 32) ~<~ terms.whole_to limit 200
        ), indexed as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.contacts t where t.workspace_id = terms.workspace and t.deleted_at is null and (t.search_text like terms.longest[1] and t.search_text like terms.longest[2] and t.search_text like terms.longest[3]
        or app.letter_pairs(t.search_text) @> terms.pairs) and t.search_text like all (terms.fragments)
        ), organization as materialized (
          select o.id, o.search_text from public.organizations o
          where o.workspace_id = terms.workspace and o.deleted_at is null
            and left(o.search_text, 32) ~>=~ terms.longest_from and left(o.search_text, 32) ~<~ terms.longest_to
          limit 20
        ), belonging as materialized (
          select t.* from organization o
          cross join lateral (
            select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.contacts t where t.workspace_id = terms.workspace and t.deleted_at is null and t.organization_id = o.id order by t.created_at desc limit 50) as t
          where t.looked_at || o.search_text like all (terms.fragments)
        ), candidates as materialized (
          select c.*, E'\n' || translate(c.looked_at, ',["]', E'\n\n\n\n') || E'\n' as lines
          from (
            select * from latest
            union all select * from named
            union all select * from surnamed
            union all (select * from indexed where (select count(*) from latest) < terms.most limit 300)) as c
        )
        select id, min(rank), own, at
        from (
          select id, app.search_rank(looked_at, lines, terms.whole, terms.beginnings) as rank, own, at from candidates
          union all select id, 4, own, at from belonging) as t
        group by id, own, at
        order by min(rank), own desc, at desc, id desc
        limit terms.most;
      end
      $$;

COMMENT ON FUNCTION app.search_contacts(terms app.search_terms) IS 'What app.search_records finds among records of this kind.';

CREATE FUNCTION app.search_opportunities(terms app.search_terms) RETURNS TABLE(id uuid, rank integer, own boolean, at timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
      #variable_conflict use_column
      begin
        return query
        with latest as materialized (
          select * from (
            select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.opportunities t where t.workspace_id = terms.workspace and t.deleted_at is null order by t.updated_at desc, t.id desc limit 1000) as t
          where t.looked_at like all (terms.fragments)
          limit 300
        ), named as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.opportunities t where t.workspace_id = terms.workspace and t.deleted_at is null and left(t.search_text, 32) ~>=~ terms.whole_from and left(t.search_text, 32) ~<~ terms.whole_to limit 200
        ), surnamed as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.opportunities t where t.workspace_id = terms.workspace and t.deleted_at is null and false limit 200
        ), indexed as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.opportunities t where t.workspace_id = terms.workspace and t.deleted_at is null and (t.search_text like terms.longest[1] and t.search_text like terms.longest[2] and t.search_text like terms.longest[3]
        or app.letter_pairs(t.search_text) @> terms.pairs) and t.search_text like all (terms.fragments)
        ), organization as materialized (
          select o.id, o.search_text from public.organizations o
          where o.workspace_id = terms.workspace and o.deleted_at is null
            and left(o.search_text, 32) ~>=~ terms.longest_from and left(o.search_text, 32) ~<~ terms.longest_to
          limit 20
        ), belonging as materialized (
          select t.* from organization o
          cross join lateral (
            select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.opportunities t where t.workspace_id = terms.workspace and t.deleted_at is null and t.organization_id = o.id order by t.created_at desc limit 50) as t
          where t.looked_at || o.search_text like all (terms.fragments)
        ), candidates as materialized (
          select c.*, E'\n' || translate(c.looked_at, ',["]', E'\n\n\n\n') || E'\n' as lines
          from (
            select * from latest
            union all select * from named
            union all select * from surnamed
            union all (select * from indexed where (select count(*) from latest) < terms.most limit 300)) as c
        )
        select id, min(rank), own, at
        from (
          select id, app.search_rank(looked_at, lines, terms.whole, terms.beginnings) as rank, own, at from candidates
          union all select id, 4, own, at from belonging) as t
        group by id, own, at
        order by min(rank), own desc, at desc, id desc
        limit terms.most;
      end
      $$;

COMMENT ON FUNCTION app.search_opportunities(terms app.search_terms) IS 'What app.search_records finds among records of this kind.';

CREATE FUNCTION app.search_organizations(terms app.search_terms) RETURNS TABLE(id uuid, rank integer, own boolean, at timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
      #variable_conflict use_column
      begin
        return query
        with latest as materialized (
          select * from (
            select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.organizations t where t.workspace_id = terms.workspace and t.deleted_at is null order by t.updated_at desc, t.id desc limit 1000) as t
          where t.looked_at like all (terms.fragments)
          limit 300
        ), named as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.organizations t where t.workspace_id = terms.workspace and t.deleted_at is null and left(t.search_text, 32) ~>=~ terms.whole_from and left(t.search_text, 32) ~<~ terms.whole_to limit 200
        ), surnamed as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.organizations t where t.workspace_id = terms.workspace and t.deleted_at is null and false limit 200
        ), indexed as materialized (
          select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.organizations t where t.workspace_id = terms.workspace and t.deleted_at is null and (t.search_text like terms.longest[1] and t.search_text like terms.longest[2] and t.search_text like terms.longest[3]
        or app.letter_pairs(t.search_text) @> terms.pairs) and t.search_text like all (terms.fragments)
        ), organization as materialized (
          select o.id, o.search_text from public.organizations o
          where o.workspace_id = terms.workspace and o.deleted_at is null
            and left(o.search_text, 32) ~>=~ terms.longest_from and left(o.search_text, 32) ~<~ terms.longest_to
          limit 20
        ), belonging as materialized (
          select t.* from organization o
          cross join lateral (
            select t.id, t.search_text as looked_at, coalesce(t.assigned_user_id = terms.caller, false) as own, t.updated_at as at from public.organizations t where t.workspace_id = terms.workspace and t.deleted_at is null and false order by t.created_at desc limit 50) as t
          where t.looked_at || o.search_text like all (terms.fragments)
        ), candidates as materialized (
          select c.*, E'\n' || translate(c.looked_at, ',["]', E'\n\n\n\n') || E'\n' as lines
          from (
            select * from latest
            union all select * from named
            union all select * from surnamed
            union all (select * from indexed where (select count(*) from latest) < terms.most limit 300)) as c
        )
        select id, min(rank), own, at
        from (
          select id, app.search_rank(looked_at, lines, terms.whole, terms.beginnings) as rank, own, at from candidates
          union all select id, 4, own, at from belonging) as t
        group by id, own, at
        order by min(rank), own desc, at desc, id desc
        limit terms.most;
      end
      $$;

COMMENT ON FUNCTION app.search_organizations(terms app.search_terms) IS 'What app.search_records finds among records of this kind.';

CREATE FUNCTION app.search_products(terms app.search_terms) RETURNS TABLE(id uuid, rank integer, own boolean, at timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
      #variable_conflict use_column
      begin
        return query
        with latest as materialized (
          select * from (
            select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.products t where t.workspace_id = terms.workspace and t.deleted_at is null order by t.id desc limit 1000) as t
          where t.looked_at like all (terms.fragments)
          limit 300
        ), named as materialized (
          select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.products t where t.workspace_id = terms.workspace and t.deleted_at is null and left(t.search_text, 32) ~>=~ terms.whole_from and left(t.search_text, 32) ~<~ terms.whole_to limit 200
        ), surnamed as materialized (
          select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.products t where t.workspace_id = terms.workspace and t.deleted_at is null and false limit 200
        ), indexed as materialized (
          select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.products t where t.workspace_id = terms.workspace and t.deleted_at is null and (t.search_text like terms.longest[1] and t.search_text like terms.longest[2] and t.search_text like terms.longest[3]
        or app.letter_pairs(t.search_text) @> terms.pairs) and t.search_text like all (terms.fragments)
        ), organization as materialized (
          select o.id, o.search_text from public.organizations o
          where o.workspace_id = terms.workspace and o.deleted_at is null
            and left(o.search_text, 32) ~>=~ terms.longest_from and left(o.search_text, 32) ~<~ terms.longest_to
          limit 20
        ), belonging as materialized (
          select t.* from organization o
          cross join lateral (
            select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.products t where t.workspace_id = terms.workspace and t.deleted_at is null and false order by t.created_at desc limit 50) as t
          where t.looked_at || o.search_text like all (terms.fragments)
        ), candidates as materialized (
          select c.*, E'\n' || translate(c.looked_at, ',["]', E'\n\n\n\n') || E'\n' as lines
          from (
            select * from latest
            union all select * from named
            union all select * from surnamed
            union all (select * from indexed where (select count(*) from latest) < terms.most limit 300)) as c
        )
        select id, min(rank), own, at
        from (
          select id, app.search_rank(looked_at, lines, terms.whole, terms.beginnings) as rank, own, at from candidates
          union all select id, 4, own, at from belonging) as t
        group by id, own, at
        order by min(rank), own desc, at desc, id desc
        limit terms.most;
      end
      $$;

COMMENT ON FUNCTION app.search_products(terms app.search_terms) IS 'What app.search_records finds among records of this kind.';

CREATE FUNCTION app.search_rank(looked_at text, lines text, whole text, beginnings text[]) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (POSITION(((('
'::text || whole) || '
'::text)) IN (lines)) > 0) THEN 0 WHEN (POSITION((('
'::text || whole)) IN (lines)) > 0) THEN 1 WHEN (POSITION((((' '::text || whole) || '
'::text)) IN ((looked_at || '
'::text))) > 0) THEN 1 WHEN ((' '::text || translate(looked_at, '
,["].@-_/'::text, '          '::text)) ~~ ALL (beginnings)) THEN 2 ELSE 3 END;

COMMENT ON FUNCTION app.search_rank(looked_at text, lines text, whole text, beginnings text[]) IS 'How well a folded text answers: 0 one of its lines is asked for, 1 a line begins or the name ends with it, 2 every word begins a word, 3 every word occurs.';

CREATE FUNCTION app.search_records(words text[], digits text, kinds text[], most integer) RETURNS TABLE(kind text, id uuid, rank integer, own boolean, at timestamp with time zone)
    LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
    SET search_path TO 'pg_catalog', 'pg_temp'
    SET plan_cache_mode TO 'force_generic_plan'
    SET enable_seqscan TO 'off'
    SET max_parallel_workers_per_gather TO '0'
    SET jit TO 'off'
    AS $_$
declare
  beyond constant text := chr(1114111);
  folded text[];
  long text[];
  terms app.search_terms;
begin
  terms.workspace := app.workspace_id();
  terms.caller := app.user_id();
  terms.most := most;
  foreach kind in array kinds loop
    -- Numbers are kept as their digits, so that is how they are looked for; everything else as it was written.
    folded := array(
      select app.fold(word) from unnest(case when digits <> '' and kind in ('contacts', 'organizations') then array[digits] else words end) as word
      where app.fold(word) <> '');
    continue when cardinality(folded) = 0;
    -- The index of fragments knows three letters in a row; a word without them would read all of it.
    long := array(select word from unnest(folded) as word where word ~ '[[:alnum:]]{3}' order by length(word) desc limit 3);
    terms.whole := array_to_string(folded, ' ');
    terms.whole_from := left(terms.whole, 32);
    terms.whole_to := terms.whole_from || beyond;
    terms.beginnings := array(select '% ' || app.fragment_pattern(word) || '%' from unnest(folded) as word);
    terms.fragments := array(select '%' || app.fragment_pattern(word) || '%' from unnest(folded) as word);
    terms.longest := array(
      select '%' || app.fragment_pattern(coalesce(long[place], long[1])) || '%' from generate_series(1, 3) as place);
    terms.longest_from := left(long[1], 32);
    terms.longest_to := terms.longest_from || beyond;
    terms.pairs := case when cardinality(long) = 0 then
      (select app.letter_pairs(word) from unnest(folded) as word where length(word) > 1 order by length(word) desc limit 1) end;
    terms.lexemes := (select to_tsquery('simple', string_agg(quote_literal(word) || ':*', ' & ')) from unnest(long) as word);
    return query execute format('select %L::text, found.* from app.search_%I($1) as found', kind, kind) using terms;
  end loop;
end
$_$;

COMMENT ON FUNCTION app.search_records(words text[], digits text, kinds text[], most integer) IS 'Ids of the caller''s records that hold every word, at most "most" of each kind, with their rank (0 best), whether they are the caller''s own, and when they were last touched.';

CREATE FUNCTION app.search_tags(terms app.search_terms) RETURNS TABLE(id uuid, rank integer, own boolean, at timestamp with time zone)
    LANGUAGE plpgsql STABLE ROWS 20
    AS $$
      #variable_conflict use_column
      begin
        return query
        with latest as materialized (
          select * from (
            select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.tags t where t.workspace_id = terms.workspace and t.deleted_at is null order by t.id desc limit 1000) as t
          where t.looked_at like all (terms.fragments)
          limit 300
        ), named as materialized (
          select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.tags t where t.workspace_id = terms.workspace and t.deleted_at is null and left(t.search_text, 32) ~>=~ terms.whole_from and left(t.search_text, 32) ~<~ terms.whole_to limit 200
        ), surnamed as materialized (
          select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.tags t where t.workspace_id = terms.workspace and t.deleted_at is null and false limit 200
        ), indexed as materialized (
          select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.tags t where t.workspace_id = terms.workspace and t.deleted_at is null and (t.search_text like terms.longest[1] and t.search_text like terms.longest[2] and t.search_text like terms.longest[3]
        or app.letter_pairs(t.search_text) @> terms.pairs) and t.search_text like all (terms.fragments)
        ), organization as materialized (
          select o.id, o.search_text from public.organizations o
          where o.workspace_id = terms.workspace and o.deleted_at is null
            and left(o.search_text, 32) ~>=~ terms.longest_from and left(o.search_text, 32) ~<~ terms.longest_to
          limit 20
        ), belonging as materialized (
          select t.* from organization o
          cross join lateral (
            select t.id, t.search_text as looked_at, false as own, t.updated_at as at from public.tags t where t.workspace_id = terms.workspace and t.deleted_at is null and false order by t.created_at desc limit 50) as t
          where t.looked_at || o.search_text like all (terms.fragments)
        ), candidates as materialized (
          select c.*, E'\n' || translate(c.looked_at, ',["]', E'\n\n\n\n') || E'\n' as lines
          from (
            select * from latest
            union all select * from named
            union all select * from surnamed
            union all (select * from indexed where (select count(*) from latest) < terms.most limit 300)) as c
        )
        select id, min(rank), own, at
        from (
          select id, app.search_rank(looked_at, lines, terms.whole, terms.beginnings) as rank, own, at from candidates
          union all select id, 4, own, at from belonging) as t
        group by id, own, at
        order by min(rank), own desc, at desc, id desc
        limit terms.most;
      end
      $$;

COMMENT ON FUNCTION app.search_tags(terms app.search_terms) IS 'What app.search_records finds among records of this kind.';

CREATE FUNCTION app.stamp_insert() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.created_at := now();
  new.updated_at := now();
  new.created_by := app.user_id();
  new.updated_by := app.user_id();
  new.version := 1;
  return new;
end
$$;

CREATE FUNCTION app.stamp_update() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  if current_user <> 'rapport_system' then
    new.workspace_id := old.workspace_id;
    new.created_at := old.created_at;
    new.created_by := old.created_by;
    new.updated_by := app.user_id();
  end if;
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end
$$;

CREATE FUNCTION app.stamp_workspace() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  new.id := old.id;
  new.created_at := old.created_at;
  new.updated_at := now();
  new.version := old.version + 1;
  return new;
end
$$;

CREATE FUNCTION app.tell_definition() RETURNS event_trigger
    LANGUAGE plpgsql
    SET search_path TO ''
    AS $$
begin
  if tg_event = 'sql_drop' then
    perform from pg_catalog.pg_event_trigger_dropped_objects() as gone where not gone.is_temporary;
  else
    perform from pg_catalog.pg_event_trigger_ddl_commands() as done where done.schema_name is distinct from 'pg_temp';
  end if;
  if found then
    notify pgrst, 'reload schema';
  end if;
end
$$;

COMMENT ON FUNCTION app.tell_definition() IS 'Tells servers that the definition has changed: notify pgrst, ''reload schema''.';

CREATE FUNCTION app.top_board_position() RETURNS text
    LANGUAGE sql PARALLEL SAFE
    RETURN (lpad(to_hex(('9007199254740991'::bigint - (floor((EXTRACT(epoch FROM clock_timestamp()) * (1000000)::numeric)))::bigint)), 14, '0'::text) || 'h'::text);

COMMENT ON FUNCTION app.top_board_position() IS 'A fractional board key that sorts before every key given out earlier.';

CREATE FUNCTION app.user_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('rapport.user_id'::text, true), ''::text))::uuid;

COMMENT ON FUNCTION app.user_id() IS 'The user who calls, or null.';

CREATE FUNCTION app.uuid_v7() RETURNS uuid
    LANGUAGE sql PARALLEL SAFE
    RETURN (encode(set_bit(set_bit(OVERLAY(uuid_send(gen_random_uuid()) PLACING SUBSTRING(int8send((floor((EXTRACT(epoch FROM clock_timestamp()) * (1000)::numeric)))::bigint) FROM 3) FROM 1 FOR 6), (52)::bigint, 1), (53)::bigint, 1), 'hex'::text))::uuid;

COMMENT ON FUNCTION app.uuid_v7() IS 'A new UUID whose order is its time of birth (RFC 9562).';

CREATE FUNCTION app.workspace_id() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (NULLIF(current_setting('rapport.workspace_id'::text, true), ''::text))::uuid;

COMMENT ON FUNCTION app.workspace_id() IS 'The workspace of the caller, or null.';

CREATE TABLE app.import_changes (
    workspace_id uuid NOT NULL,
    import_id uuid NOT NULL,
    seq bigint NOT NULL,
    table_name text NOT NULL,
    row_id uuid NOT NULL,
    before jsonb,
    version_after bigint DEFAULT 1 NOT NULL
);

COMMENT ON COLUMN app.import_changes.before IS 'The row as it was; null when the import made it.';

COMMENT ON COLUMN app.import_changes.version_after IS 'The version the import left; a higher one means that somebody has worked on the row since.';

CREATE TABLE app.import_mappings (
    workspace_id uuid NOT NULL,
    header_hash bytea NOT NULL,
    plan jsonb NOT NULL,
    used_at timestamp with time zone DEFAULT now() NOT NULL
);

CREATE TABLE app.import_problems (
    workspace_id uuid NOT NULL,
    import_id uuid NOT NULL,
    seq bigint NOT NULL,
    file text NOT NULL,
    line bigint NOT NULL,
    severity text NOT NULL,
    column_name text,
    value text,
    reason text NOT NULL,
    row_values jsonb NOT NULL,
    CONSTRAINT import_problems_severity_check CHECK ((severity = ANY (ARRAY['refused'::text, 'warning'::text])))
);

CREATE TABLE app.settings (
    key text NOT NULL,
    value jsonb NOT NULL
);

COMMENT ON TABLE app.settings IS 'What all nodes of an installation share: signing key, instance name.';

CREATE TABLE auth.one_time_tokens (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    purpose text NOT NULL,
    token_hash bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT one_time_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['signup'::text, 'invite'::text, 'recovery'::text, 'magiclink'::text, 'email_change'::text])))
);

CREATE TABLE auth.refresh_tokens (
    id bigint NOT NULL,
    token_hash bytea NOT NULL,
    session_id uuid NOT NULL,
    parent_id bigint,
    revoked_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

COMMENT ON COLUMN auth.refresh_tokens.token_hash IS 'SHA-256 of the token; the token itself is known to the client only.';

ALTER TABLE auth.refresh_tokens ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME auth.refresh_tokens_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE auth.sessions (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    refreshed_at timestamp with time zone DEFAULT now() NOT NULL,
    user_agent text
);

CREATE TABLE auth.users (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    email text,
    encrypted_password text,
    email_confirmed_at timestamp with time zone,
    invited_at timestamp with time zone,
    confirmation_sent_at timestamp with time zone,
    recovery_sent_at timestamp with time zone,
    last_sign_in_at timestamp with time zone,
    user_metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    app_metadata jsonb DEFAULT '{"provider": "email", "providers": ["email"]}'::jsonb NOT NULL,
    current_workspace_id uuid,
    banned_until timestamp with time zone,
    deleted_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_email_not_blank CHECK ((email <> ''::text))
);

COMMENT ON COLUMN auth.users.encrypted_password IS 'argon2id in PHC form; null while the user is only invited.';

COMMENT ON COLUMN auth.users.current_workspace_id IS 'The workspace that new sessions of this user open.';

CREATE TABLE public.activities (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    type text NOT NULL,
    subject text DEFAULT ''::text NOT NULL,
    body text,
    occurred_at timestamp with time zone DEFAULT now() NOT NULL,
    due_on date,
    due_at timestamp with time zone,
    remind_at timestamp with time zone,
    done_at timestamp with time zone,
    priority text DEFAULT 'normal'::text NOT NULL,
    duration_minutes integer,
    direction text,
    assigned_user_id uuid,
    contact_id uuid,
    organization_id uuid,
    opportunity_id uuid,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT activities_direction_is_known CHECK ((direction = ANY (ARRAY['inbound'::text, 'outbound'::text]))),
    CONSTRAINT activities_due_time_has_a_day CHECK (((due_at IS NULL) OR (due_on IS NOT NULL))),
    CONSTRAINT activities_duration_not_negative CHECK ((duration_minutes >= 0)),
    CONSTRAINT activities_priority_is_known CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text]))),
    CONSTRAINT activities_say_something CHECK (((btrim(subject) <> ''::text) OR (btrim(COALESCE(body, ''::text)) <> ''::text))),
    CONSTRAINT activities_type_is_known CHECK ((type = ANY (ARRAY['note'::text, 'call'::text, 'email'::text, 'meeting'::text, 'task'::text])))
);

ALTER TABLE ONLY public.activities REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.activities FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.activities IS 'Calls, meetings, mails, notes and tasks; together they are the timeline.';

COMMENT ON COLUMN public.activities.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.activities.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.activities.type IS 'note, call, email, meeting or task.';

COMMENT ON COLUMN public.activities.subject IS 'What it is about, in a line.';

COMMENT ON COLUMN public.activities.body IS 'The text.';

COMMENT ON COLUMN public.activities.occurred_at IS 'When it happened or was noted; the order of every timeline.';

COMMENT ON COLUMN public.activities.due_on IS 'The calendar day it is due, whatever the time zone.';

COMMENT ON COLUMN public.activities.due_at IS 'The instant it is due, when a time of day was given too.';

COMMENT ON COLUMN public.activities.remind_at IS 'When to remind of it.';

COMMENT ON COLUMN public.activities.done_at IS 'When it was done; null while it is open.';

COMMENT ON COLUMN public.activities.priority IS 'low, normal or high.';

COMMENT ON COLUMN public.activities.direction IS 'inbound or outbound.';

COMMENT ON COLUMN public.activities.assigned_user_id IS 'The user who looks after it.';

COMMENT ON COLUMN public.activities.contact_id IS 'The person it is about.';

COMMENT ON COLUMN public.activities.organization_id IS 'The organization it is about.';

COMMENT ON COLUMN public.activities.opportunity_id IS 'The opportunity it is about.';

COMMENT ON COLUMN public.activities.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.activities.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.activities.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.activities.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.activities.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.activities.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.activities.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.contacts (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    first_name text DEFAULT ''::text NOT NULL,
    last_name text DEFAULT ''::text NOT NULL,
    email text,
    other_emails jsonb DEFAULT '[]'::jsonb NOT NULL,
    phones jsonb DEFAULT '[]'::jsonb NOT NULL,
    job_title text,
    organization_id uuid,
    assigned_user_id uuid,
    street text,
    city text,
    state text,
    postal_code text,
    country text,
    website text,
    linkedin_url text,
    source text,
    do_not_contact boolean DEFAULT false NOT NULL,
    description text,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    avatar text,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    search_text text GENERATED ALWAYS AS (app.fold((((((((first_name || ' '::text) || last_name) || '
'::text) || COALESCE(email, ''::text)) || app.labelled_values(other_emails)) || '
'::text) || app.labelled_digits(phones)))) STORED,
    CONSTRAINT contacts_email_looks_right CHECK ((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text)),
    CONSTRAINT contacts_have_a_name CHECK (((btrim((first_name || last_name)) <> ''::text) OR (email IS NOT NULL))),
    CONSTRAINT contacts_other_emails_is_a_list CHECK ((jsonb_typeof(other_emails) = 'array'::text)),
    CONSTRAINT contacts_phones_is_a_list CHECK ((jsonb_typeof(phones) = 'array'::text))
);

ALTER TABLE ONLY public.contacts REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.contacts FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.contacts IS 'People the workspace knows.';

COMMENT ON COLUMN public.contacts.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.contacts.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.contacts.email IS 'The main mail address; no other contact has the same.';

COMMENT ON COLUMN public.contacts.other_emails IS 'Labelled list: [{"label": "private", "value": "ann@example.org"}].';

COMMENT ON COLUMN public.contacts.phones IS 'Labelled list: [{"label": "work", "value": "+49 30 1234"}], the first one is the main number.';

COMMENT ON COLUMN public.contacts.organization_id IS 'Where the person works.';

COMMENT ON COLUMN public.contacts.assigned_user_id IS 'The user who looks after it.';

COMMENT ON COLUMN public.contacts.source IS 'Where the contact came from.';

COMMENT ON COLUMN public.contacts.do_not_contact IS 'Asked not to be contacted.';

COMMENT ON COLUMN public.contacts.tags IS 'Names of its tags.';

COMMENT ON COLUMN public.contacts.avatar IS 'Address of a picture.';

COMMENT ON COLUMN public.contacts.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.contacts.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.contacts.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.contacts.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.contacts.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.contacts.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.contacts.version IS 'Counts its changes; kept by the server.';

COMMENT ON COLUMN public.contacts.search_text IS '@search What a fragment search looks at: names, mail addresses, phone digits; folded.';

CREATE TABLE public.custom_fields (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    table_name text NOT NULL,
    key text NOT NULL,
    label text NOT NULL,
    type text DEFAULT 'text'::text NOT NULL,
    options jsonb DEFAULT '[]'::jsonb NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    indexed boolean,
    CONSTRAINT custom_fields_key_is_a_name CHECK ((key ~ '^[a-z][a-z0-9_]{0,62}$'::text)),
    CONSTRAINT custom_fields_label_not_blank CHECK ((btrim(label) <> ''::text)),
    CONSTRAINT custom_fields_table_is_known CHECK ((table_name = ANY (ARRAY['contacts'::text, 'organizations'::text, 'opportunities'::text, 'activities'::text, 'products'::text, 'teams'::text]))),
    CONSTRAINT custom_fields_type_is_known CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'date'::text, 'boolean'::text, 'select'::text])))
);

ALTER TABLE ONLY public.custom_fields REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.custom_fields FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.custom_fields IS 'What the keys inside a record''s custom object mean.';

COMMENT ON COLUMN public.custom_fields.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.custom_fields.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.custom_fields.table_name IS 'contacts, organizations, opportunities, activities, products or teams.';

COMMENT ON COLUMN public.custom_fields.key IS 'Its key inside custom.';

COMMENT ON COLUMN public.custom_fields.label IS 'What people see.';

COMMENT ON COLUMN public.custom_fields.type IS 'text, number, date, boolean or select.';

COMMENT ON COLUMN public.custom_fields.options IS 'Values to choose from.';

COMMENT ON COLUMN public.custom_fields."position" IS 'Its place in forms, from 0.';

COMMENT ON COLUMN public.custom_fields.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.custom_fields.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.custom_fields.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.custom_fields.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.custom_fields.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.custom_fields.version IS 'Counts its changes; kept by the server.';

COMMENT ON COLUMN public.custom_fields.indexed IS 'Are records filtered and sorted by it at any size: the server then keeps indexes for it. Null: every type but text is.';

CREATE TABLE public.imports (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    files jsonb DEFAULT '[]'::jsonb NOT NULL,
    plan jsonb DEFAULT '{}'::jsonb NOT NULL,
    progress jsonb DEFAULT '{}'::jsonb NOT NULL,
    summary jsonb DEFAULT '{}'::jsonb NOT NULL,
    error text,
    started_at timestamp with time zone,
    finished_at timestamp with time zone,
    undone_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT imports_state_is_known CHECK ((state = ANY (ARRAY['draft'::text, 'running'::text, 'done'::text, 'failed'::text, 'undoing'::text, 'undone'::text])))
);

ALTER TABLE ONLY public.imports REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.imports FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.imports IS 'Imports of other systems'' exports.';

COMMENT ON COLUMN public.imports.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.imports.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.imports.state IS 'draft, running, done, failed, undoing or undone.';

COMMENT ON COLUMN public.imports.files IS 'One entry a file: name, bytes, rows, delimiter, encoding, header, columns.';

COMMENT ON COLUMN public.imports.plan IS 'How the files map to records: per file the table, columns, values, date format, duplicates policy.';

COMMENT ON COLUMN public.imports.progress IS 'What is being done at the moment.';

COMMENT ON COLUMN public.imports.summary IS 'Per table: created, updated, linked, skipped, refused.';

COMMENT ON COLUMN public.imports.error IS 'Why it failed.';

COMMENT ON COLUMN public.imports.undone_at IS 'When it was undone.';

COMMENT ON COLUMN public.imports.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.imports.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.imports.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.imports.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.imports.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.memberships (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    role text DEFAULT 'member'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    full_name text DEFAULT ''::text NOT NULL,
    email text,
    job_title text,
    team_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT memberships_role_is_known CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'manager'::text, 'member'::text, 'viewer'::text]))),
    CONSTRAINT memberships_status_is_known CHECK ((status = ANY (ARRAY['invited'::text, 'active'::text, 'disabled'::text])))
);

ALTER TABLE ONLY public.memberships REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.memberships FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.memberships IS 'A user in a workspace: role, team and the name colleagues see.';

COMMENT ON COLUMN public.memberships.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.memberships.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.memberships.user_id IS 'The user.';

COMMENT ON COLUMN public.memberships.role IS 'owner, admin, manager, member or viewer.';

COMMENT ON COLUMN public.memberships.status IS 'invited, active or disabled.';

COMMENT ON COLUMN public.memberships.full_name IS 'The name that colleagues see.';

COMMENT ON COLUMN public.memberships.team_id IS 'The team they belong to.';

COMMENT ON COLUMN public.memberships.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.memberships.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.memberships.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.memberships.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.memberships.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.opportunities (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    name text NOT NULL,
    organization_id uuid,
    pipeline_id uuid NOT NULL,
    stage_id uuid NOT NULL,
    status text DEFAULT 'open'::text NOT NULL,
    probability_percent smallint NOT NULL,
    amount numeric(18,2) DEFAULT 0 NOT NULL,
    currency text DEFAULT 'USD'::text NOT NULL,
    expected_close_date date,
    closed_at timestamp with time zone,
    lost_reason text,
    source text,
    next_step text,
    description text,
    stage_changed_at timestamp with time zone DEFAULT now() NOT NULL,
    board_position text DEFAULT app.top_board_position() NOT NULL COLLATE pg_catalog."C",
    assigned_user_id uuid,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    search_text text GENERATED ALWAYS AS (app.fold(name)) STORED,
    CONSTRAINT opportunities_amount_not_negative CHECK ((amount >= (0)::numeric)),
    CONSTRAINT opportunities_board_position_is_a_key CHECK ((board_position ~ '^[0-9A-Za-z]*[1-9A-Za-z]$'::text)),
    CONSTRAINT opportunities_currency_is_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT opportunities_name_not_blank CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT opportunities_probability_is_percent CHECK (((probability_percent >= 0) AND (probability_percent <= 100))),
    CONSTRAINT opportunities_status_is_known CHECK ((status = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text])))
);

ALTER TABLE ONLY public.opportunities REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.opportunities FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.opportunities IS 'Deals on their way through a pipeline.';

COMMENT ON COLUMN public.opportunities.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.opportunities.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.opportunities.organization_id IS 'The organization that may buy.';

COMMENT ON COLUMN public.opportunities.pipeline_id IS 'The pipeline it goes through; the default one when left out.';

COMMENT ON COLUMN public.opportunities.stage_id IS 'Where it stands; the first stage when left out.';

COMMENT ON COLUMN public.opportunities.status IS 'The kind of the stage (open, won, lost); kept by a trigger, so that indexes can tell open ones.';

COMMENT ON COLUMN public.opportunities.probability_percent IS 'How likely it is to be won; follows the stage unless sent.';

COMMENT ON COLUMN public.opportunities.amount IS 'What it is worth.';

COMMENT ON COLUMN public.opportunities.currency IS 'Three letters, such as USD.';

COMMENT ON COLUMN public.opportunities.expected_close_date IS 'When the decision is expected.';

COMMENT ON COLUMN public.opportunities.closed_at IS 'When it was won or lost; follows the stage.';

COMMENT ON COLUMN public.opportunities.lost_reason IS 'Why it was lost.';

COMMENT ON COLUMN public.opportunities.stage_changed_at IS 'When it came to its stage; kept by the server.';

COMMENT ON COLUMN public.opportunities.board_position IS 'Fractional key over 0-9A-Za-z, compared byte by byte; never ends in 0.';

COMMENT ON COLUMN public.opportunities.assigned_user_id IS 'The user who looks after it.';

COMMENT ON COLUMN public.opportunities.tags IS 'Names of its tags.';

COMMENT ON COLUMN public.opportunities.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.opportunities.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.opportunities.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.opportunities.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.opportunities.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.opportunities.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.opportunities.version IS 'Counts its changes; kept by the server.';

COMMENT ON COLUMN public.opportunities.search_text IS '@search What a fragment search looks at: the name; folded.';

CREATE TABLE public.opportunity_contacts (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    opportunity_id uuid NOT NULL,
    contact_id uuid NOT NULL,
    role text,
    is_primary boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    version bigint DEFAULT 1 NOT NULL
);

ALTER TABLE ONLY public.opportunity_contacts REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.opportunity_contacts FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.opportunity_contacts IS 'The part a contact plays in an opportunity (decision maker, champion, ...).';

COMMENT ON COLUMN public.opportunity_contacts.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.opportunity_contacts.opportunity_id IS 'The opportunity.';

COMMENT ON COLUMN public.opportunity_contacts.contact_id IS 'The person.';

COMMENT ON COLUMN public.opportunity_contacts.role IS 'Their part, such as decision maker.';

COMMENT ON COLUMN public.opportunity_contacts.is_primary IS 'The person to talk to first.';

COMMENT ON COLUMN public.opportunity_contacts.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.opportunity_contacts.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.opportunity_contacts.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.opportunity_contacts.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.opportunity_contacts.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.opportunity_items (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    opportunity_id uuid NOT NULL,
    product_id uuid,
    name text NOT NULL,
    quantity numeric(14,3) DEFAULT 1 NOT NULL,
    unit_price numeric(18,2) DEFAULT 0 NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT opportunity_items_name_not_blank CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT opportunity_items_quantity_is_positive CHECK ((quantity > (0)::numeric)),
    CONSTRAINT opportunity_items_unit_price_not_negative CHECK ((unit_price >= (0)::numeric))
);

ALTER TABLE ONLY public.opportunity_items REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.opportunity_items FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.opportunity_items IS 'Products that an opportunity is about, with quantity and price.';

COMMENT ON COLUMN public.opportunity_items.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.opportunity_items.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.opportunity_items.opportunity_id IS 'The opportunity it is part of.';

COMMENT ON COLUMN public.opportunity_items.product_id IS 'The product, when it is one of the list.';

COMMENT ON COLUMN public.opportunity_items."position" IS 'Its place in the list, from 0.';

COMMENT ON COLUMN public.opportunity_items.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.opportunity_items.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.opportunity_items.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.opportunity_items.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.opportunity_items.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.opportunity_items.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.opportunity_items.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.organizations (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    name text NOT NULL,
    domain text,
    website text,
    description text,
    industry text,
    type text DEFAULT 'prospect'::text NOT NULL,
    status text DEFAULT 'active'::text NOT NULL,
    employees integer,
    annual_revenue numeric(18,2),
    currency text,
    phone text,
    email text,
    billing_street text,
    billing_city text,
    billing_state text,
    billing_postal_code text,
    billing_country text,
    parent_id uuid,
    assigned_user_id uuid,
    tags text[] DEFAULT '{}'::text[] NOT NULL,
    logo text,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    search_text text GENERATED ALWAYS AS (app.fold(((((((name || '
'::text) || COALESCE(domain, ''::text)) || '
'::text) || COALESCE(email, ''::text)) || '
'::text) || COALESCE(app.digits(phone), ''::text)))) STORED,
    search_vector tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, ((name || ' '::text) || COALESCE(description, ''::text)))) STORED,
    CONSTRAINT organizations_currency_is_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT organizations_employees_not_negative CHECK ((employees >= 0)),
    CONSTRAINT organizations_name_not_blank CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT organizations_not_its_own_parent CHECK ((parent_id <> id)),
    CONSTRAINT organizations_status_is_known CHECK ((status = ANY (ARRAY['active'::text, 'inactive'::text, 'archived'::text]))),
    CONSTRAINT organizations_type_is_known CHECK ((type = ANY (ARRAY['prospect'::text, 'customer'::text, 'partner'::text, 'supplier'::text, 'other'::text])))
);

ALTER TABLE ONLY public.organizations REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.organizations FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.organizations IS 'Companies and other organizations that contacts belong to.';

COMMENT ON COLUMN public.organizations.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.organizations.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.organizations.type IS 'prospect, customer, partner, supplier or other.';

COMMENT ON COLUMN public.organizations.status IS 'active, inactive or archived.';

COMMENT ON COLUMN public.organizations.employees IS 'How many people work there.';

COMMENT ON COLUMN public.organizations.currency IS 'Three letters, such as USD.';

COMMENT ON COLUMN public.organizations.parent_id IS 'The organization it is a part of.';

COMMENT ON COLUMN public.organizations.assigned_user_id IS 'The user who looks after it.';

COMMENT ON COLUMN public.organizations.tags IS 'Names of its tags.';

COMMENT ON COLUMN public.organizations.logo IS 'Address of a picture.';

COMMENT ON COLUMN public.organizations.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.organizations.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.organizations.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.organizations.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.organizations.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.organizations.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.organizations.version IS 'Counts its changes; kept by the server.';

COMMENT ON COLUMN public.organizations.search_text IS '@search What a fragment search looks at: name, domain, mail, phone digits; folded.';

COMMENT ON COLUMN public.organizations.search_vector IS '@search Words of name and description for full-text search.';

CREATE TABLE public.pipelines (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    name text NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    is_default boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT pipelines_name_not_blank CHECK ((btrim(name) <> ''::text))
);

ALTER TABLE ONLY public.pipelines REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.pipelines FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.pipelines IS 'Ways that opportunities go, each with its stages.';

COMMENT ON COLUMN public.pipelines.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.pipelines.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.pipelines."position" IS 'Its place among the pipelines, from 0.';

COMMENT ON COLUMN public.pipelines.is_default IS 'New opportunities start in it.';

COMMENT ON COLUMN public.pipelines.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.pipelines.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.pipelines.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.pipelines.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.pipelines.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.pipelines.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.pipelines.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.products (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    name text NOT NULL,
    code text,
    description text,
    price numeric(18,2) DEFAULT 0 NOT NULL,
    currency text DEFAULT 'USD'::text NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    version bigint DEFAULT 1 NOT NULL,
    search_text text GENERATED ALWAYS AS (app.fold(((name || '
'::text) || COALESCE(code, ''::text)))) STORED,
    CONSTRAINT products_currency_is_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT products_name_not_blank CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT products_price_not_negative CHECK ((price >= (0)::numeric))
);

ALTER TABLE ONLY public.products REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.products FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.products IS 'What is sold.';

COMMENT ON COLUMN public.products.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.products.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.products.code IS 'A short code; no other product has the same.';

COMMENT ON COLUMN public.products.currency IS 'Three letters, such as USD.';

COMMENT ON COLUMN public.products.is_active IS 'Is it offered.';

COMMENT ON COLUMN public.products.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.products.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.products.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.products.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.products.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.products.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.products.version IS 'Counts its changes; kept by the server.';

COMMENT ON COLUMN public.products.search_text IS '@search What a fragment search looks at: name and code; folded.';

CREATE TABLE public.stages (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    pipeline_id uuid NOT NULL,
    key text NOT NULL,
    name text NOT NULL,
    probability_percent smallint DEFAULT 0 NOT NULL,
    "position" integer DEFAULT 0 NOT NULL,
    kind text DEFAULT 'open'::text NOT NULL,
    rot_after_days integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT stages_kind_is_known CHECK ((kind = ANY (ARRAY['open'::text, 'won'::text, 'lost'::text]))),
    CONSTRAINT stages_name_not_blank CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT stages_probability_is_percent CHECK (((probability_percent >= 0) AND (probability_percent <= 100))),
    CONSTRAINT stages_rot_after_is_positive CHECK ((rot_after_days > 0))
);

ALTER TABLE ONLY public.stages REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.stages FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.stages IS 'Steps of a pipeline. Moving an opportunity sets its status and probability.';

COMMENT ON COLUMN public.stages.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.stages.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.stages.pipeline_id IS 'The pipeline it is a step of.';

COMMENT ON COLUMN public.stages.key IS 'A name for programs; unique within the pipeline.';

COMMENT ON COLUMN public.stages.probability_percent IS 'How likely an opportunity here is to be won.';

COMMENT ON COLUMN public.stages."position" IS 'Its place in the pipeline, from 0.';

COMMENT ON COLUMN public.stages.kind IS 'open, won or lost.';

COMMENT ON COLUMN public.stages.rot_after_days IS 'After how many days without movement an opportunity counts as stale.';

COMMENT ON COLUMN public.stages.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.stages.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.stages.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.stages.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.stages.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.stages.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.stages.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.tags (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    name text NOT NULL,
    color text DEFAULT 'gray'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    search_text text GENERATED ALWAYS AS (app.fold(name)) STORED,
    CONSTRAINT tags_name_not_blank CHECK ((btrim(name) <> ''::text))
);

ALTER TABLE ONLY public.tags REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.tags FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.tags IS 'Names and colours of the tags that records carry.';

COMMENT ON COLUMN public.tags.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.tags.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.tags.color IS 'Name of a colour.';

COMMENT ON COLUMN public.tags.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.tags.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.tags.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.tags.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.tags.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.tags.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.tags.version IS 'Counts its changes; kept by the server.';

COMMENT ON COLUMN public.tags.search_text IS '@search What a fragment search looks at: the name; folded.';

CREATE TABLE public.teams (
    workspace_id uuid DEFAULT app.workspace_id() NOT NULL,
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    name text NOT NULL,
    region text,
    manager_user_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid DEFAULT app.user_id(),
    updated_by uuid DEFAULT app.user_id(),
    deleted_at timestamp with time zone,
    custom jsonb DEFAULT '{}'::jsonb NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT teams_name_not_blank CHECK ((btrim(name) <> ''::text))
);

ALTER TABLE ONLY public.teams REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.teams FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.teams IS 'Groups of members.';

COMMENT ON COLUMN public.teams.workspace_id IS 'The workspace it belongs to; filled in by the server, never sent.';

COMMENT ON COLUMN public.teams.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.teams.manager_user_id IS 'The user who leads it.';

COMMENT ON COLUMN public.teams.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.teams.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.teams.created_by IS 'The user who made it; kept by the server.';

COMMENT ON COLUMN public.teams.updated_by IS 'The user who last changed it; kept by the server.';

COMMENT ON COLUMN public.teams.deleted_at IS 'Set to delete it, null to bring it back; lists ask for null.';

COMMENT ON COLUMN public.teams.custom IS 'Values of the workspace''s own fields by key; custom_fields says what they mean.';

COMMENT ON COLUMN public.teams.version IS 'Counts its changes; kept by the server.';

CREATE TABLE public.workspaces (
    id uuid DEFAULT app.uuid_v7() NOT NULL,
    name text NOT NULL,
    currency text DEFAULT 'USD'::text NOT NULL,
    timezone text DEFAULT 'UTC'::text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version bigint DEFAULT 1 NOT NULL,
    CONSTRAINT workspaces_currency_is_iso CHECK ((currency ~ '^[A-Z]{3}$'::text)),
    CONSTRAINT workspaces_name_not_blank CHECK ((btrim(name) <> ''::text))
);

ALTER TABLE ONLY public.workspaces REPLICA IDENTITY FULL;

ALTER TABLE ONLY public.workspaces FORCE ROW LEVEL SECURITY;

COMMENT ON TABLE public.workspaces IS 'The workspace itself: name, currency, time zone.';

COMMENT ON COLUMN public.workspaces.id IS 'Made by the server when left out; its order is the time of birth.';

COMMENT ON COLUMN public.workspaces.currency IS 'Three letters, such as USD.';

COMMENT ON COLUMN public.workspaces.timezone IS 'Reports count days in it, such as Europe/Berlin.';

COMMENT ON COLUMN public.workspaces.created_at IS 'When it was made; kept by the server.';

COMMENT ON COLUMN public.workspaces.updated_at IS 'When it last changed; kept by the server.';

COMMENT ON COLUMN public.workspaces.version IS 'Counts its changes; kept by the server.';

ALTER TABLE ONLY app.import_changes
    ADD CONSTRAINT import_changes_pkey PRIMARY KEY (workspace_id, import_id, seq);

ALTER TABLE ONLY app.import_mappings
    ADD CONSTRAINT import_mappings_pkey PRIMARY KEY (workspace_id, header_hash);

ALTER TABLE ONLY app.import_problems
    ADD CONSTRAINT import_problems_pkey PRIMARY KEY (workspace_id, import_id, seq);

ALTER TABLE ONLY app.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (key);

ALTER TABLE ONLY auth.one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.one_time_tokens
    ADD CONSTRAINT one_time_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_token_hash_key UNIQUE (token_hash);

ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.custom_fields
    ADD CONSTRAINT custom_fields_key_key UNIQUE (workspace_id, table_name, key);

ALTER TABLE ONLY public.custom_fields
    ADD CONSTRAINT custom_fields_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_key UNIQUE (workspace_id, user_id);

ALTER TABLE ONLY public.opportunities
    ADD CONSTRAINT opportunities_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.opportunity_contacts
    ADD CONSTRAINT opportunity_contacts_pkey PRIMARY KEY (workspace_id, opportunity_id, contact_id);

ALTER TABLE ONLY public.opportunity_items
    ADD CONSTRAINT opportunity_items_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.pipelines
    ADD CONSTRAINT pipelines_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.stages
    ADD CONSTRAINT stages_in_pipeline_key UNIQUE (workspace_id, pipeline_id, id);

ALTER TABLE ONLY public.stages
    ADD CONSTRAINT stages_key_key UNIQUE (workspace_id, pipeline_id, key);

ALTER TABLE ONLY public.stages
    ADD CONSTRAINT stages_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_pkey PRIMARY KEY (workspace_id, id);

ALTER TABLE ONLY public.workspaces
    ADD CONSTRAINT workspaces_pkey PRIMARY KEY (id);

CREATE INDEX one_time_tokens_user_id_idx ON auth.one_time_tokens USING btree (user_id);

CREATE INDEX refresh_tokens_parent_id_idx ON auth.refresh_tokens USING btree (parent_id);

CREATE INDEX refresh_tokens_session_id_idx ON auth.refresh_tokens USING btree (session_id);

CREATE INDEX sessions_user_id_idx ON auth.sessions USING btree (user_id);

CREATE INDEX users_current_workspace_id_idx ON auth.users USING btree (current_workspace_id);

CREATE UNIQUE INDEX users_email_key ON auth.users USING btree (lower(email)) WHERE (deleted_at IS NULL);

CREATE INDEX activities_assigned_user_id_idx ON public.activities USING btree (workspace_id, assigned_user_id, due_on) WHERE ((deleted_at IS NULL) AND (done_at IS NULL) AND (due_on IS NOT NULL));

CREATE INDEX activities_contact_id_idx ON public.activities USING btree (workspace_id, contact_id, occurred_at DESC) WHERE (contact_id IS NOT NULL);

CREATE INDEX activities_due_on_idx ON public.activities USING btree (workspace_id, due_on, due_at, id) WHERE ((deleted_at IS NULL) AND (done_at IS NULL) AND (due_on IS NOT NULL));

CREATE INDEX activities_occurred_at_idx ON public.activities USING btree (workspace_id, occurred_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX activities_opportunity_id_idx ON public.activities USING btree (workspace_id, opportunity_id, occurred_at DESC) WHERE (opportunity_id IS NOT NULL);

CREATE INDEX activities_organization_id_idx ON public.activities USING btree (workspace_id, organization_id, occurred_at DESC) WHERE (organization_id IS NOT NULL);

CREATE INDEX activities_words_idx ON public.activities USING gin (workspace_id, app.activity_words(subject, body)) WITH (gin_pending_list_limit='256') WHERE (deleted_at IS NULL);

CREATE INDEX contacts_assigned_user_id_idx ON public.contacts USING btree (workspace_id, assigned_user_id, created_at DESC) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_beginnings_idx ON public.contacts USING btree (workspace_id, "left"(search_text, 32) text_pattern_ops) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_by_organization_idx ON public.contacts USING btree (workspace_id, organization_id) WHERE (organization_id IS NOT NULL);

CREATE INDEX contacts_created_at_idx ON public.contacts USING btree (workspace_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX contacts_email_key ON public.contacts USING btree (workspace_id, lower(email)) WHERE ((deleted_at IS NULL) AND (email IS NOT NULL));

CREATE INDEX contacts_last_name_beginnings_idx ON public.contacts USING btree (workspace_id, "left"(app.fold(last_name), 32) text_pattern_ops) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_name_idx ON public.contacts USING btree (workspace_id, last_name, first_name, id) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_organization_id_idx ON public.contacts USING btree (workspace_id, organization_id, created_at DESC) WHERE (deleted_at IS NULL);

CREATE INDEX contacts_search_text_pairs_idx ON public.contacts USING gin (workspace_id, app.letter_pairs(search_text)) WITH (gin_pending_list_limit='256');

CREATE INDEX contacts_search_text_trgm_idx ON public.contacts USING gin (workspace_id, search_text extensions.gin_trgm_ops) WITH (gin_pending_list_limit='256');

CREATE INDEX contacts_tags_idx ON public.contacts USING gin (workspace_id, tags) WITH (gin_pending_list_limit='256') WHERE (deleted_at IS NULL);

CREATE INDEX contacts_updated_at_idx ON public.contacts USING btree (workspace_id, updated_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX memberships_email_idx ON public.memberships USING btree (workspace_id, lower(email)) WHERE (email IS NOT NULL);

CREATE INDEX memberships_team_id_idx ON public.memberships USING btree (workspace_id, team_id);

CREATE INDEX memberships_user_id_idx ON public.memberships USING btree (user_id);

CREATE INDEX opportunities_amount_idx ON public.opportunities USING btree (workspace_id, amount DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_assigned_user_id_idx ON public.opportunities USING btree (workspace_id, assigned_user_id, created_at DESC) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_beginnings_idx ON public.opportunities USING btree (workspace_id, "left"(search_text, 32) text_pattern_ops) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_board_idx ON public.opportunities USING btree (workspace_id, stage_id, board_position, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_closed_at_idx ON public.opportunities USING btree (workspace_id, closed_at DESC) INCLUDE (status, amount) WHERE ((deleted_at IS NULL) AND (status <> 'open'::text));

CREATE INDEX opportunities_closed_totals_idx ON public.opportunities USING btree (workspace_id, stage_id, closed_at DESC) INCLUDE (amount) WHERE ((deleted_at IS NULL) AND (status <> 'open'::text));

CREATE INDEX opportunities_created_at_idx ON public.opportunities USING btree (workspace_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_expected_close_date_idx ON public.opportunities USING btree (workspace_id, expected_close_date, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_name_idx ON public.opportunities USING btree (workspace_id, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_open_by_stage_idx ON public.opportunities USING btree (workspace_id, stage_id, probability_percent, created_at DESC) WHERE ((deleted_at IS NULL) AND (status = 'open'::text));

CREATE INDEX opportunities_organization_id_idx ON public.opportunities USING btree (workspace_id, organization_id, created_at DESC);

CREATE INDEX opportunities_pipeline_id_idx ON public.opportunities USING btree (workspace_id, pipeline_id, stage_id) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_search_text_pairs_idx ON public.opportunities USING gin (workspace_id, app.letter_pairs(search_text)) WITH (gin_pending_list_limit='256');

CREATE INDEX opportunities_search_text_trgm_idx ON public.opportunities USING gin (workspace_id, search_text extensions.gin_trgm_ops) WITH (gin_pending_list_limit='256');

CREATE INDEX opportunities_tags_idx ON public.opportunities USING gin (workspace_id, tags) WITH (gin_pending_list_limit='256') WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_totals_idx ON public.opportunities USING btree (workspace_id, pipeline_id, stage_id) INCLUDE (amount, probability_percent) WHERE ((deleted_at IS NULL) AND (status = 'open'::text));

CREATE INDEX opportunities_updated_at_idx ON public.opportunities USING btree (workspace_id, updated_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX opportunities_without_organization_idx ON public.opportunities USING btree (workspace_id) WHERE ((deleted_at IS NULL) AND (organization_id IS NULL));

CREATE INDEX opportunity_contacts_contact_id_idx ON public.opportunity_contacts USING btree (workspace_id, contact_id);

CREATE INDEX opportunity_items_opportunity_id_idx ON public.opportunity_items USING btree (workspace_id, opportunity_id, "position");

CREATE INDEX opportunity_items_product_id_idx ON public.opportunity_items USING btree (workspace_id, product_id);

CREATE INDEX organizations_annual_revenue_idx ON public.organizations USING btree (workspace_id, annual_revenue DESC NULLS LAST, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_assigned_user_id_idx ON public.organizations USING btree (workspace_id, assigned_user_id, created_at DESC) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_beginnings_idx ON public.organizations USING btree (workspace_id, "left"(search_text, 32) text_pattern_ops) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_created_at_idx ON public.organizations USING btree (workspace_id, created_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_email_idx ON public.organizations USING btree (workspace_id, lower(email)) WHERE ((deleted_at IS NULL) AND (email IS NOT NULL));

CREATE INDEX organizations_folded_name_idx ON public.organizations USING btree (workspace_id, app.fold(name)) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_name_idx ON public.organizations USING btree (workspace_id, name, id) WHERE (deleted_at IS NULL);

CREATE INDEX organizations_parent_id_idx ON public.organizations USING btree (workspace_id, parent_id) WHERE (parent_id IS NOT NULL);

CREATE INDEX organizations_search_text_pairs_idx ON public.organizations USING gin (workspace_id, app.letter_pairs(search_text)) WITH (gin_pending_list_limit='256');

CREATE INDEX organizations_search_text_trgm_idx ON public.organizations USING gin (workspace_id, search_text extensions.gin_trgm_ops) WITH (gin_pending_list_limit='256');

CREATE INDEX organizations_search_vector_idx ON public.organizations USING gin (workspace_id, search_vector) WITH (gin_pending_list_limit='256') WHERE (deleted_at IS NULL);

CREATE INDEX organizations_tags_idx ON public.organizations USING gin (workspace_id, tags) WITH (gin_pending_list_limit='256') WHERE (deleted_at IS NULL);

CREATE INDEX organizations_updated_at_idx ON public.organizations USING btree (workspace_id, updated_at DESC, id DESC) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX pipelines_default_key ON public.pipelines USING btree (workspace_id) WHERE (is_default AND (deleted_at IS NULL));

CREATE INDEX products_beginnings_idx ON public.products USING btree (workspace_id, "left"(search_text, 32) text_pattern_ops) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX products_code_key ON public.products USING btree (workspace_id, lower(code)) WHERE ((deleted_at IS NULL) AND (code IS NOT NULL));

CREATE INDEX products_search_text_pairs_idx ON public.products USING gin (workspace_id, app.letter_pairs(search_text)) WITH (gin_pending_list_limit='256');

CREATE INDEX products_search_text_trgm_idx ON public.products USING gin (workspace_id, search_text extensions.gin_trgm_ops) WITH (gin_pending_list_limit='256');

CREATE INDEX stages_pipeline_id_idx ON public.stages USING btree (workspace_id, pipeline_id, "position") WHERE (deleted_at IS NULL);

CREATE INDEX tags_beginnings_idx ON public.tags USING btree (workspace_id, "left"(search_text, 32) text_pattern_ops) WHERE (deleted_at IS NULL);

CREATE UNIQUE INDEX tags_name_key ON public.tags USING btree (workspace_id, lower(name)) WHERE (deleted_at IS NULL);

CREATE INDEX tags_search_text_pairs_idx ON public.tags USING gin (workspace_id, app.letter_pairs(search_text)) WITH (gin_pending_list_limit='256');

CREATE INDEX tags_search_text_trgm_idx ON public.tags USING gin (workspace_id, search_text extensions.gin_trgm_ops) WITH (gin_pending_list_limit='256');

CREATE INDEX teams_manager_user_id_idx ON public.teams USING btree (workspace_id, manager_user_id);

CREATE TRIGGER follow_stage_insert BEFORE INSERT ON public.opportunities FOR EACH ROW EXECUTE FUNCTION app.follow_stage();

CREATE TRIGGER follow_stage_update BEFORE UPDATE OF stage_id, pipeline_id, status, closed_at ON public.opportunities FOR EACH ROW EXECUTE FUNCTION app.follow_stage();

CREATE TRIGGER guard_owners BEFORE DELETE OR UPDATE ON public.memberships FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.guard_owners();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.activities FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.contacts FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.custom_fields FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.imports FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.memberships FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.opportunities FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.opportunity_contacts FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.opportunity_items FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.organizations FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.pipelines FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.products FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.stages FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.tags FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_insert BEFORE INSERT ON public.teams FOR EACH ROW WHEN ((CURRENT_USER <> 'rapport_system'::name)) EXECUTE FUNCTION app.stamp_insert();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.activities FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.contacts FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.custom_fields FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.imports FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.memberships FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.opportunities FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.opportunity_contacts FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.opportunity_items FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.organizations FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.pipelines FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.products FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.stages FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.tags FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.teams FOR EACH ROW EXECUTE FUNCTION app.stamp_update();

CREATE TRIGGER stamp_update BEFORE UPDATE ON public.workspaces FOR EACH ROW EXECUTE FUNCTION app.stamp_workspace();

ALTER TABLE ONLY app.import_changes
    ADD CONSTRAINT import_changes_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES public.imports(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY app.import_mappings
    ADD CONSTRAINT import_mappings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY app.import_problems
    ADD CONSTRAINT import_problems_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES public.imports(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES auth.refresh_tokens(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.refresh_tokens
    ADD CONSTRAINT refresh_tokens_session_id_fkey FOREIGN KEY (session_id) REFERENCES auth.sessions(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY auth.users
    ADD CONSTRAINT users_current_workspace_id_fkey FOREIGN KEY (current_workspace_id) REFERENCES public.workspaces(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_assigned_user_id_fkey FOREIGN KEY (workspace_id, assigned_user_id) REFERENCES public.memberships(workspace_id, user_id) ON DELETE SET NULL (assigned_user_id);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES public.contacts(workspace_id, id) ON DELETE SET NULL (contact_id);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_opportunity_id_fkey FOREIGN KEY (workspace_id, opportunity_id) REFERENCES public.opportunities(workspace_id, id) ON DELETE SET NULL (opportunity_id);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_organization_id_fkey FOREIGN KEY (workspace_id, organization_id) REFERENCES public.organizations(workspace_id, id) ON DELETE SET NULL (organization_id);

ALTER TABLE ONLY public.activities
    ADD CONSTRAINT activities_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_assigned_user_id_fkey FOREIGN KEY (workspace_id, assigned_user_id) REFERENCES public.memberships(workspace_id, user_id) ON DELETE SET NULL (assigned_user_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_organization_id_fkey FOREIGN KEY (workspace_id, organization_id) REFERENCES public.organizations(workspace_id, id) ON DELETE SET NULL (organization_id);

ALTER TABLE ONLY public.contacts
    ADD CONSTRAINT contacts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.custom_fields
    ADD CONSTRAINT custom_fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.imports
    ADD CONSTRAINT imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_team_id_fkey FOREIGN KEY (workspace_id, team_id) REFERENCES public.teams(workspace_id, id) ON DELETE SET NULL (team_id);

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES auth.users(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT memberships_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opportunities
    ADD CONSTRAINT opportunities_assigned_user_id_fkey FOREIGN KEY (workspace_id, assigned_user_id) REFERENCES public.memberships(workspace_id, user_id) ON DELETE SET NULL (assigned_user_id);

ALTER TABLE ONLY public.opportunities
    ADD CONSTRAINT opportunities_organization_id_fkey FOREIGN KEY (workspace_id, organization_id) REFERENCES public.organizations(workspace_id, id) ON DELETE SET NULL (organization_id);

ALTER TABLE ONLY public.opportunities
    ADD CONSTRAINT opportunities_pipeline_id_fkey FOREIGN KEY (workspace_id, pipeline_id) REFERENCES public.pipelines(workspace_id, id);

ALTER TABLE ONLY public.opportunities
    ADD CONSTRAINT opportunities_stage_id_fkey FOREIGN KEY (workspace_id, pipeline_id, stage_id) REFERENCES public.stages(workspace_id, pipeline_id, id);

ALTER TABLE ONLY public.opportunities
    ADD CONSTRAINT opportunities_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opportunity_contacts
    ADD CONSTRAINT opportunity_contacts_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES public.contacts(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opportunity_contacts
    ADD CONSTRAINT opportunity_contacts_opportunity_id_fkey FOREIGN KEY (workspace_id, opportunity_id) REFERENCES public.opportunities(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opportunity_contacts
    ADD CONSTRAINT opportunity_contacts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opportunity_items
    ADD CONSTRAINT opportunity_items_opportunity_id_fkey FOREIGN KEY (workspace_id, opportunity_id) REFERENCES public.opportunities(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.opportunity_items
    ADD CONSTRAINT opportunity_items_product_id_fkey FOREIGN KEY (workspace_id, product_id) REFERENCES public.products(workspace_id, id) ON DELETE SET NULL (product_id);

ALTER TABLE ONLY public.opportunity_items
    ADD CONSTRAINT opportunity_items_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_assigned_user_id_fkey FOREIGN KEY (workspace_id, assigned_user_id) REFERENCES public.memberships(workspace_id, user_id) ON DELETE SET NULL (assigned_user_id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_parent_id_fkey FOREIGN KEY (workspace_id, parent_id) REFERENCES public.organizations(workspace_id, id) ON DELETE SET NULL (parent_id);

ALTER TABLE ONLY public.organizations
    ADD CONSTRAINT organizations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.pipelines
    ADD CONSTRAINT pipelines_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.products
    ADD CONSTRAINT products_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.stages
    ADD CONSTRAINT stages_pipeline_id_fkey FOREIGN KEY (workspace_id, pipeline_id) REFERENCES public.pipelines(workspace_id, id) ON DELETE CASCADE;

ALTER TABLE ONLY public.stages
    ADD CONSTRAINT stages_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.tags
    ADD CONSTRAINT tags_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_manager_user_id_fkey FOREIGN KEY (workspace_id, manager_user_id) REFERENCES public.memberships(workspace_id, user_id) ON DELETE SET NULL (manager_user_id);

ALTER TABLE ONLY public.teams
    ADD CONSTRAINT teams_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES public.workspaces(id) ON DELETE CASCADE;

ALTER TABLE public.activities ENABLE ROW LEVEL SECURITY;

CREATE POLICY add ON public.activities FOR INSERT TO authenticated WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write)));

CREATE POLICY add ON public.contacts FOR INSERT TO authenticated WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write)));

CREATE POLICY add ON public.opportunities FOR INSERT TO authenticated WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write)));

CREATE POLICY add ON public.organizations FOR INSERT TO authenticated WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write)));

CREATE POLICY add ON public.tags FOR INSERT TO authenticated WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write)));

CREATE POLICY change ON public.activities FOR UPDATE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write))) WITH CHECK ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY change ON public.contacts FOR UPDATE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write))) WITH CHECK ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY change ON public.opportunities FOR UPDATE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write))) WITH CHECK ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY change ON public.organizations FOR UPDATE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write))) WITH CHECK ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY change ON public.tags FOR UPDATE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write))) WITH CHECK ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

ALTER TABLE public.contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.custom_fields ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.imports ENABLE ROW LEVEL SECURITY;

CREATE POLICY manage_change ON public.memberships FOR UPDATE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage))) WITH CHECK ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY manage_change ON public.workspaces FOR UPDATE TO authenticated USING (((id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage))) WITH CHECK ((id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY manage_remove ON public.memberships FOR DELETE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage)));

ALTER TABLE public.memberships ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.opportunities ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.opportunity_contacts ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.opportunity_items ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.organizations ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.pipelines ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.products ENABLE ROW LEVEL SECURITY;

CREATE POLICY read ON public.activities FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.contacts FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.custom_fields FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.imports FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.memberships FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.opportunities FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.opportunity_contacts FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.opportunity_items FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.organizations FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.pipelines FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.products FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.stages FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.tags FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.teams FOR SELECT TO authenticated, rapport_viewer USING ((workspace_id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY read ON public.workspaces FOR SELECT TO authenticated, rapport_viewer USING ((id = ( SELECT app.workspace_id() AS workspace_id)));

CREATE POLICY remove ON public.activities FOR DELETE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_curate() AS may_curate)));

CREATE POLICY remove ON public.contacts FOR DELETE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_curate() AS may_curate)));

CREATE POLICY remove ON public.opportunities FOR DELETE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_curate() AS may_curate)));

CREATE POLICY remove ON public.organizations FOR DELETE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_curate() AS may_curate)));

CREATE POLICY remove ON public.tags FOR DELETE TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_curate() AS may_curate)));

ALTER TABLE public.stages ENABLE ROW LEVEL SECURITY;

CREATE POLICY system ON public.activities TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.contacts TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.custom_fields TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.imports TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.memberships TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.opportunities TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.opportunity_contacts TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.opportunity_items TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.organizations TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.pipelines TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.products TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.stages TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.tags TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.teams TO rapport_system USING (true) WITH CHECK (true);

CREATE POLICY system ON public.workspaces TO rapport_system USING (true) WITH CHECK (true);

ALTER TABLE public.tags ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.teams ENABLE ROW LEVEL SECURITY;

ALTER TABLE public.workspaces ENABLE ROW LEVEL SECURITY;

CREATE POLICY write ON public.custom_fields TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage))) WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage)));

CREATE POLICY write ON public.opportunity_contacts TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write))) WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write)));

CREATE POLICY write ON public.opportunity_items TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write))) WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_write() AS may_write)));

CREATE POLICY write ON public.pipelines TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage))) WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage)));

CREATE POLICY write ON public.products TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_curate() AS may_curate))) WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_curate() AS may_curate)));

CREATE POLICY write ON public.stages TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage))) WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage)));

CREATE POLICY write ON public.teams TO authenticated USING (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage))) WITH CHECK (((workspace_id = ( SELECT app.workspace_id() AS workspace_id)) AND ( SELECT app.may_manage() AS may_manage)));

CREATE PUBLICATION rapport WITH (publish = 'insert, update, delete, truncate');

ALTER PUBLICATION rapport ADD TABLE ONLY auth.sessions;

ALTER PUBLICATION rapport ADD TABLE ONLY public.activities;

ALTER PUBLICATION rapport ADD TABLE ONLY public.contacts;

ALTER PUBLICATION rapport ADD TABLE ONLY public.custom_fields;

ALTER PUBLICATION rapport ADD TABLE ONLY public.imports;

ALTER PUBLICATION rapport ADD TABLE ONLY public.memberships;

ALTER PUBLICATION rapport ADD TABLE ONLY public.opportunities;

ALTER PUBLICATION rapport ADD TABLE ONLY public.opportunity_contacts;

ALTER PUBLICATION rapport ADD TABLE ONLY public.opportunity_items;

ALTER PUBLICATION rapport ADD TABLE ONLY public.organizations;

ALTER PUBLICATION rapport ADD TABLE ONLY public.pipelines;

ALTER PUBLICATION rapport ADD TABLE ONLY public.products;

ALTER PUBLICATION rapport ADD TABLE ONLY public.stages;

ALTER PUBLICATION rapport ADD TABLE ONLY public.tags;

ALTER PUBLICATION rapport ADD TABLE ONLY public.teams;

ALTER PUBLICATION rapport ADD TABLE ONLY public.workspaces;

GRANT USAGE ON SCHEMA app TO anon;
GRANT USAGE ON SCHEMA app TO authenticated;
GRANT USAGE ON SCHEMA app TO rapport_viewer;
GRANT USAGE ON SCHEMA app TO rapport_system;

GRANT USAGE ON SCHEMA auth TO rapport_system;

GRANT USAGE ON SCHEMA extensions TO anon;
GRANT USAGE ON SCHEMA extensions TO authenticated;
GRANT USAGE ON SCHEMA extensions TO rapport_viewer;
GRANT USAGE ON SCHEMA extensions TO rapport_system;

REVOKE USAGE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO anon;
GRANT USAGE ON SCHEMA public TO authenticated;
GRANT USAGE ON SCHEMA public TO rapport_viewer;
GRANT USAGE ON SCHEMA public TO rapport_system;

REVOKE ALL ON FUNCTION app.ids_after(target text, column_name text, member text, as_text boolean, descending boolean, value text, id uuid, included boolean, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.ids_after(target text, column_name text, member text, as_text boolean, descending boolean, value text, id uuid, included boolean, most integer) TO authenticated;
GRANT ALL ON FUNCTION app.ids_after(target text, column_name text, member text, as_text boolean, descending boolean, value text, id uuid, included boolean, most integer) TO rapport_viewer;

REVOKE ALL ON FUNCTION app.ids_where(target text, column_name text, member text, as_text boolean, operator text, wanted text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.ids_where(target text, column_name text, member text, as_text boolean, operator text, wanted text, most integer) TO authenticated;
GRANT ALL ON FUNCTION app.ids_where(target text, column_name text, member text, as_text boolean, operator text, wanted text, most integer) TO rapport_viewer;

REVOKE ALL ON FUNCTION app.live_count(target text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.live_count(target text, most integer) TO authenticated;
GRANT ALL ON FUNCTION app.live_count(target text, most integer) TO rapport_viewer;

REVOKE ALL ON FUNCTION app.matching_ids(target text, fragments text[], every boolean, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.matching_ids(target text, fragments text[], every boolean, most integer) TO authenticated;
GRANT ALL ON FUNCTION app.matching_ids(target text, fragments text[], every boolean, most integer) TO rapport_viewer;

REVOKE ALL ON FUNCTION app.search_activities(terms app.search_terms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_activities(terms app.search_terms) TO rapport_system;

REVOKE ALL ON FUNCTION app.search_contacts(terms app.search_terms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_contacts(terms app.search_terms) TO rapport_system;

REVOKE ALL ON FUNCTION app.search_opportunities(terms app.search_terms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_opportunities(terms app.search_terms) TO rapport_system;

REVOKE ALL ON FUNCTION app.search_organizations(terms app.search_terms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_organizations(terms app.search_terms) TO rapport_system;

REVOKE ALL ON FUNCTION app.search_products(terms app.search_terms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_products(terms app.search_terms) TO rapport_system;

REVOKE ALL ON FUNCTION app.search_records(words text[], digits text, kinds text[], most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_records(words text[], digits text, kinds text[], most integer) TO authenticated;
GRANT ALL ON FUNCTION app.search_records(words text[], digits text, kinds text[], most integer) TO rapport_viewer;

REVOKE ALL ON FUNCTION app.search_tags(terms app.search_terms) FROM PUBLIC;
GRANT ALL ON FUNCTION app.search_tags(terms app.search_terms) TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.import_changes TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.import_mappings TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.import_problems TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE app.settings TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.one_time_tokens TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.refresh_tokens TO rapport_system;

GRANT USAGE ON SEQUENCE auth.refresh_tokens_id_seq TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.sessions TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE auth.users TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.activities TO authenticated;
GRANT SELECT ON TABLE public.activities TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.activities TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO authenticated;
GRANT SELECT ON TABLE public.contacts TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.contacts TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.custom_fields TO authenticated;
GRANT SELECT ON TABLE public.custom_fields TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.custom_fields TO rapport_system;

GRANT SELECT ON TABLE public.imports TO authenticated;
GRANT SELECT ON TABLE public.imports TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.imports TO rapport_system;

GRANT SELECT,DELETE ON TABLE public.memberships TO authenticated;
GRANT SELECT ON TABLE public.memberships TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.memberships TO rapport_system;

GRANT UPDATE(role) ON TABLE public.memberships TO authenticated;

GRANT UPDATE(status) ON TABLE public.memberships TO authenticated;

GRANT UPDATE(full_name) ON TABLE public.memberships TO authenticated;

GRANT UPDATE(job_title) ON TABLE public.memberships TO authenticated;

GRANT UPDATE(team_id) ON TABLE public.memberships TO authenticated;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opportunities TO authenticated;
GRANT SELECT ON TABLE public.opportunities TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opportunities TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opportunity_contacts TO authenticated;
GRANT SELECT ON TABLE public.opportunity_contacts TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opportunity_contacts TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opportunity_items TO authenticated;
GRANT SELECT ON TABLE public.opportunity_items TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.opportunity_items TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organizations TO authenticated;
GRANT SELECT ON TABLE public.organizations TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.organizations TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pipelines TO authenticated;
GRANT SELECT ON TABLE public.pipelines TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.pipelines TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.products TO authenticated;
GRANT SELECT ON TABLE public.products TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.products TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stages TO authenticated;
GRANT SELECT ON TABLE public.stages TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.stages TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tags TO authenticated;
GRANT SELECT ON TABLE public.tags TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.tags TO rapport_system;

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teams TO authenticated;
GRANT SELECT ON TABLE public.teams TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.teams TO rapport_system;

GRANT SELECT ON TABLE public.workspaces TO authenticated;
GRANT SELECT ON TABLE public.workspaces TO rapport_viewer;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE public.workspaces TO rapport_system;

GRANT UPDATE(name) ON TABLE public.workspaces TO authenticated;

GRANT UPDATE(currency) ON TABLE public.workspaces TO authenticated;

GRANT UPDATE(timezone) ON TABLE public.workspaces TO authenticated;

CREATE EVENT TRIGGER rapport_tell_definition ON ddl_command_end
   EXECUTE FUNCTION app.tell_definition();

CREATE EVENT TRIGGER rapport_tell_dropped ON sql_drop
   EXECUTE FUNCTION app.tell_definition();
