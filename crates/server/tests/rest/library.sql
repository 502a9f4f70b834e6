-- A lending library: somebody else's database, with its own schemas, roles and rules.
begin;
-- Roles belong to the whole cluster, and tests run side by side: one of them makes the roles, the others wait.
lock table pg_authid in share row exclusive mode;
do $$
begin
  if not exists (select from pg_roles where rolname = 'library_login') then
    create role library_guest noinherit;
    create role library_keeper noinherit;
    create role library_login login noinherit in role library_guest, library_keeper;
  end if;
end
$$;
commit;

create schema library;
create schema archive;
create schema "odd ""name";
create schema tools;

create table library.books (
  id int primary key,
  title text not null,
  shelf int,
  constraint one_book_a_place unique (shelf) deferrable initially deferred);
insert into library.books values (1, 'Emma', 10), (2, 'Dracula', 11);
create table library.keys (door text primary key);
create table archive.books (id int primary key, title text);
insert into archive.books values (7, 'Ossian');
create table "odd ""name".notes (id int primary key);
create view library.titles as select title from library.books;
create view library.counts as select count(*) from library.books;

create function tools.shout(word text) returns text language sql immutable as 'select upper(word)';
create function library.loud(word text) returns text language plpgsql immutable as 'begin return shout(word); end';
create function library.setting(name text) returns text language sql stable as 'select current_setting(name, true)';
create function library.isolation() returns text language sql stable as $$ select current_setting('transaction_isolation') $$;
create function library.strictly() returns text language sql stable set default_transaction_isolation = 'serializable'
  as $$ select current_setting('transaction_isolation') $$;
create function library.move(book int, place int) returns void language sql
  as 'update library.books set shelf = place where id = book';
create function library.closed() returns void language plpgsql as $$
begin
  raise sqlstate 'PGRST' using
    message = '{"code":"CLOSED","message":"We are closed","hint":"Come back at nine"}',
    detail = '{"status":423,"status_text":"Closed Today","headers":{"X-Opens":"nine"}}';
end $$;
create function library.teapot() returns void language plpgsql as $$
begin
  raise sqlstate 'PT418' using message = 'Short and stout';
end $$;
create function library.greet() returns void language plpgsql as $$
begin
  perform set_config('response.headers', '[{"X-Library":"open"},{"Set-Cookie":"a=1"},{"Set-Cookie":"b=2"}]', true);
  if current_setting('request.method') = 'DELETE' then
    perform set_config('response.status', '202', true);
  end if;
  if current_setting('request.headers')::json ->> 'x-card' = 'lost' then
    raise exception 'Your card is lost' using hint = 'Ask at the desk';
  end if;
end $$;

grant usage on schema library, archive, "odd ""name", tools to library_guest, library_keeper;
grant select on library.books, library.titles, library.counts, archive.books to library_guest, library_keeper;
grant insert, update, delete on library.books to library_keeper;
grant execute on all functions in schema library, tools to library_guest, library_keeper;
