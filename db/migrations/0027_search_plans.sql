-- A search plans nothing: the statement of each kind stands in a function of its own, whose plan a connection keeps. A kept plan
-- knows no constants, so the beginning of a name is asked for as the range it is. What is common is known by the planner's
-- statistics before an index is asked for it, and nothing here starts another process for what takes a millisecond.

drop function app.search_records(text[], text, text[], integer);
drop function app.search_statement(text);
drop function app.search_rank(text, text, text[]);

-- Inlined: "lines" is looked_at with members of labelled lists as lines of their own, a line break on either side.
create function app.search_rank(looked_at text, lines text, whole text, beginnings text[]) returns integer
  language sql immutable parallel safe
  return case
    when position(E'\n' || whole || E'\n' in lines) > 0 then 0
    when position(E'\n' || whole in lines) > 0 then 1
    when position(' ' || whole || E'\n' in looked_at || E'\n') > 0 then 1
    when ' ' || translate(looked_at, E'\n,["].@-_/', '          ') like all (beginnings) then 2
    else 3 end;
comment on function app.search_rank(text, text, text, text[]) is
  'How well a folded text answers: 0 one of its lines is asked for, 1 a line begins or the name ends with it, 2 every word begins a word, 3 every word occurs.';

create type app.search_terms as (
  workspace uuid,
  caller uuid,
  whole text,          -- the words as one text
  whole_from text,     -- its beginning, as far as an index of beginnings goes
  whole_to text,       -- beyond all that begins so
  beginnings text[],   -- '% word%' of each
  fragments text[],    -- '%word%' of each
  longest text[],      -- '%word%' of three words that the index of fragments knows, or nulls
  longest_from text,   -- the beginning of the longest of them
  longest_to text,
  pairs text[],        -- neighbouring letters, where there is no such word
  lexemes tsquery,
  most integer
);
comment on type app.search_terms is 'What app.search_records asks of each kind of record.';

-- A function for each kind: id, rank, own, at; at most "most" rows, best first. Every way to candidates looks at a bounded
-- number of rows, whatever is asked: what is common is among the latest records, only what is not is asked of the fragment
-- index, where it is then rare; names that begin with the text stand together in an index. Rank 4 are the people and
-- opportunities of an organization whose name begins with a word.
do $do$
declare
  kind text;
  looked_at text;
  own text;
  at text;
  latest text;
  latest_rows integer;
  named text;
  surnamed text;
  indexed text;
  belongs text;
begin
  foreach kind in array array['contacts', 'organizations', 'opportunities', 'activities', 'products', 'tags'] loop
    looked_at := 't.search_text';
    own := 'coalesce(t.assigned_user_id = terms.caller, false)';
    at := 't.updated_at';
    latest := 't.updated_at desc, t.id desc';
    latest_rows := 1000;
    named := 'left(t.search_text, 32) ~>=~ terms.whole_from and left(t.search_text, 32) ~<~ terms.whole_to';
    surnamed := 'false';
    indexed := '(t.search_text like terms.longest[1] and t.search_text like terms.longest[2] and t.search_text like terms.longest[3]
        or app.letter_pairs(t.search_text) @> terms.pairs) and t.search_text like all (terms.fragments)';
    belongs := 'false';
    case kind
      when 'organizations' then null;
      when 'contacts' then
        surnamed := 'left(app.fold(t.last_name), 32) ~>=~ terms.whole_from and left(app.fold(t.last_name), 32) ~<~ terms.whole_to';
        belongs := 't.organization_id = o.id';
      when 'opportunities' then
        belongs := 't.organization_id = o.id';
      when 'products', 'tags' then
        own := 'false';
        latest := 't.id desc';
      when 'activities' then
        looked_at := 'app.fold(t.subject || E''\n'' || left(coalesce(t.body, ''''), 2000))';
        at := 't.occurred_at';
        latest := 't.occurred_at desc, t.id desc';
        latest_rows := 300;
        named := 'false';
        indexed := 'app.activity_words(t.subject, t.body) @@ terms.lexemes
          and app.fold(t.subject || '' '' || left(coalesce(t.body, ''''), 20000)) like all (terms.fragments)';
    end case;
    execute format($sql$
      create function app.search_%1$s(terms app.search_terms)
        returns table (id uuid, rank integer, own boolean, at timestamptz)
        language plpgsql stable rows 20
        as $$
      #variable_conflict use_column
      begin
        return query
        with latest as materialized (
          select * from (
            select %2$s from public.%1$I t where %3$s order by %4$s limit %5$s) as t
          where t.looked_at like all (terms.fragments)
          limit 300
        ), named as materialized (
          select %2$s from public.%1$I t where %3$s and %6$s limit 200
        ), surnamed as materialized (
          select %2$s from public.%1$I t where %3$s and %7$s limit 200
        ), indexed as materialized (
          select %2$s from public.%1$I t where %3$s and %8$s
        ), organization as materialized (
          select o.id, o.search_text from public.organizations o
          where o.workspace_id = terms.workspace and o.deleted_at is null
            and left(o.search_text, 32) ~>=~ terms.longest_from and left(o.search_text, 32) ~<~ terms.longest_to
          limit 20
        ), belonging as materialized (
          select t.* from organization o
          cross join lateral (
            select %2$s from public.%1$I t where %3$s and %9$s order by t.created_at desc limit 50) as t
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
      $$
      $sql$,
      kind, format('t.id, %s as looked_at, %s as own, %s as at', looked_at, own, at),
      't.workspace_id = terms.workspace and t.deleted_at is null', latest, latest_rows, named, surnamed, indexed, belongs);
    execute format('comment on function app.search_%s is ''What app.search_records finds among records of this kind.''', kind);
    execute format('revoke all on function app.search_%s from public', kind);
    execute format('grant execute on function app.search_%s to rapport_system', kind);
  end loop;
end
$do$;

create function app.search_records(words text[], digits text, kinds text[], most integer)
  returns table (kind text, id uuid, rank integer, own boolean, at timestamptz)
  language plpgsql stable security definer rows 50
  set search_path = pg_catalog, pg_temp
  set plan_cache_mode = force_generic_plan
  -- A fragment that is believed to be common must not talk the planner out of an index that stops early.
  set enable_seqscan = off
  set max_parallel_workers_per_gather = 0
  set jit = off
  as $$
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
$$;
comment on function app.search_records(text[], text, text[], integer) is
  'Ids of the caller''s records that hold every word, at most "most" of each kind, with their rank (0 best), whether they are the caller''s own, and when they were last touched.';
revoke all on function app.search_records(text[], text, text[], integer) from public;
grant execute on function app.search_records(text[], text, text[], integer) to authenticated, rapport_viewer, rapport_system;
grant create on schema app to rapport_system;
alter function app.search_records(text[], text, text[], integer) owner to rapport_system;
revoke create on schema app from rapport_system;

-- As before, but: what the planner's statistics call common is not asked of the index at all; and deleted rows are found, too.
-- Volatile because only such a function may ask for a plan; it changes nothing.
create or replace function app.matching_ids(target text, fragments text[], every boolean default false, most integer default 5000) returns uuid[]
  language plpgsql volatile security definer
  set search_path = pg_catalog, pg_temp
  set max_parallel_workers_per_gather = 0
  as $$
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
$$;
