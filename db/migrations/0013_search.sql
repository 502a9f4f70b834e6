-- One search over all kinds of records. Products and tags learn to be found by a fragment; a function finds and ranks
-- candidates of every kind below row-level security, as app.matching_ids does, and hands back ids, never contents.

alter table public.products add column search_text text generated always as (
  app.fold(name || E'\n' || coalesce(code, ''))
) stored;
comment on column public.products.search_text is '@search What a fragment search looks at: name and code; folded.';
alter table public.tags add column search_text text generated always as (app.fold(name)) stored;
comment on column public.tags.search_text is '@search What a fragment search looks at: the name; folded.';

-- A very long body is found by its beginning: a tsvector holds a megabyte and refuses more.
create function app.activity_words(subject text, body text) returns tsvector
  language sql immutable parallel safe
  return to_tsvector('simple'::regconfig, app.fold(subject || ' ' || left(coalesce(body, ''), 20000)));
comment on function app.activity_words(text, text) is 'The words of an activity''s subject and body, folded.';

create function app.fragment_pattern(fragment text) returns text
  language sql immutable parallel safe strict
  return replace(replace(replace(fragment, '\', '\\'), '%', '\%'), '_', '\_');
comment on function app.fragment_pattern(text) is 'A fragment as LIKE reads it: its wildcards stand for themselves.';

-- Not strict, so that it is inlined.
create function app.search_rank(looked_at text, whole text, beginnings text[]) returns integer
  language sql immutable parallel safe
  return case
    -- Members of labelled lists count as lines of their own.
    when position(E'\n' || whole || E'\n' in E'\n' || translate(looked_at, ',["]', E'\n\n\n\n') || E'\n') > 0 then 0
    when position(E'\n' || whole in E'\n' || translate(looked_at, ',["]', E'\n\n\n\n')) > 0 then 1
    when position(' ' || whole || E'\n' in looked_at || E'\n') > 0 then 1
    when ' ' || translate(looked_at, E'\n,["].@-_/', '          ') like all (beginnings) then 2
    else 3 end;
comment on function app.search_rank(text, text, text[]) is
  'How well a folded text answers: 0 one of its lines is asked for, 1 a line begins or the name ends with it, 2 every word begins a word, 3 every word occurs.';

-- The statement that finds the records of one kind: id, rank, own, at; at most $13 rows, best first.
-- Every way to candidates looks at a bounded number of rows, whatever is asked: what is common is among the latest records,
-- only what is not is asked of the fragment index, where it is then rare; names that begin with the text stand together in an
-- index. Rank 4 are the people and opportunities of an organization whose name begins with a word.
--   $1 workspace, $2 user, $3 the words as one text, $4 '% word%' of each, $5 '%word%' of each, $6 'words%',
--   $7 $8 $9 '%word%' of three long words or null, $10 letter pairs or null, $11 'longest word%' or null, $12 tsquery or null
create function app.search_statement(kind text) returns text
  language plpgsql immutable strict
  set search_path = pg_catalog, pg_temp
  as $$
declare
  looked_at text := 't.search_text';
  own text := 'coalesce(t.assigned_user_id = $2, false)';
  at text := 't.updated_at';
  latest text := 't.updated_at desc, t.id desc';
  latest_rows integer := 1000;
  named text := 'left(t.search_text, 32) like $6';
  surnamed text := 'false';
  indexed text := '(t.search_text like $7 and t.search_text like $8 and t.search_text like $9 or app.letter_pairs(t.search_text) @> $10)
    and t.search_text like all ($5)';
  belongs text := 'false';
begin
  case kind
    when 'organizations' then null;
    when 'contacts' then
      surnamed := 'left(app.fold(t.last_name), 32) like $6';
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
      indexed := 'app.activity_words(t.subject, t.body) @@ $12
        and app.fold(t.subject || '' '' || left(coalesce(t.body, ''''), 20000)) like all ($5)';
  end case;
  return format(
    'with latest as materialized (
       select * from (select %2$s from public.%1$I t where %3$s order by %4$s limit %5$s) as t
       where t.looked_at like all ($5)
       limit 300
     ), named as materialized (
       select %2$s from public.%1$I t where %3$s and %6$s limit 200
     ), surnamed as materialized (
       select %2$s from public.%1$I t where %3$s and %7$s limit 200
     ), indexed as materialized (
       select %2$s from public.%1$I t where %3$s and %8$s
     ), organization as materialized (
       select o.id, o.search_text from public.organizations o
       where o.workspace_id = $1 and o.deleted_at is null and left(o.search_text, 32) like $11
       limit 20
     ), belonging as materialized (
       select t.* from organization o
       cross join lateral (
         select %2$s from public.%1$I t where %3$s and %9$s order by t.created_at desc limit 50) as t
       where t.looked_at || o.search_text like all ($5)
     )
     select id, min(rank) as rank, own, at
     from (
       select id, app.search_rank(looked_at, $3, $4) as rank, own, at
       from (
         select * from latest
         union all select * from named
         union all select * from surnamed
         union all (select * from indexed where (select count(*) from latest) < $13 limit 500)) as t
       union all select id, 4, own, at from belonging) as t
     group by id, own, at
     order by rank, own desc, at desc, id desc
     limit $13',
    kind, format('t.id, %s as looked_at, %s as own, %s as at', looked_at, own, at), 't.workspace_id = $1 and t.deleted_at is null',
    latest, latest_rows, named, surnamed, indexed, belongs);
end
$$;
comment on function app.search_statement(text) is 'The text of the statement that app.search_records runs for a kind of record.';
revoke all on function app.search_statement(text) from public;
grant execute on function app.search_statement(text) to rapport_system;

create function app.search_records(words text[], digits text, kinds text[], most integer)
  returns table (kind text, id uuid, rank integer, own boolean, at timestamptz)
  language plpgsql stable security definer rows 50
  set search_path = pg_catalog, pg_temp
  -- A fragment that is believed to be common must not talk the planner out of an index that stops early.
  set enable_seqscan = off
  set jit = off
  as $$
declare
  folded text[];
  long text[];
begin
  foreach kind in array kinds loop
    -- Numbers are kept as their digits, so that is how they are looked for; everything else as it was written.
    folded := array(
      select app.fold(word) from unnest(case when digits <> '' and kind in ('contacts', 'organizations') then array[digits] else words end) as word
      where app.fold(word) <> '');
    continue when cardinality(folded) = 0;
    -- The index of fragments knows three letters in a row; a word without them would read all of it.
    long := array(select word from unnest(folded) as word where word ~ '[[:alnum:]]{3}' order by length(word) desc limit 3);
    return query execute format('select %L::text, t.* from (%s) as t', kind, app.search_statement(kind)) using
      app.workspace_id(),
      app.user_id(),
      array_to_string(folded, ' '),
      array(select '% ' || app.fragment_pattern(word) || '%' from unnest(folded) as word),
      array(select '%' || app.fragment_pattern(word) || '%' from unnest(folded) as word),
      app.fragment_pattern(left(array_to_string(folded, ' '), 32)) || '%',
      '%' || app.fragment_pattern(long[1]) || '%',
      '%' || app.fragment_pattern(coalesce(long[2], long[1])) || '%',
      '%' || app.fragment_pattern(coalesce(long[3], long[1])) || '%',
      (select app.letter_pairs(word) from unnest(folded) as word where cardinality(long) = 0 and length(word) > 1 order by length(word) desc limit 1),
      app.fragment_pattern(left(long[1], 32)) || '%',
      (select to_tsquery('simple', string_agg(quote_literal(word) || ':*', ' & ')) from unnest(long) as word),
      most;
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
