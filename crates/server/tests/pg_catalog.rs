//! Claims about the catalog, held against a real PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::time::Duration;

use schema::{Catalog, IndexKey, Returns, Volatility};
use server::pg::{Pg, Target};
use testdb::Database;

async fn catalog_of(database: &Database) -> Catalog {
    let target = Target::parse(&database.url()).unwrap();
    Pg::new(target, 1, Duration::from_secs(5)).unwrap().load_catalog(&["public"], &[]).await.unwrap()
}

#[tokio::test]
async fn a_search_column_knows_the_columns_whose_text_it_holds() {
    let catalog = catalog_of(&Database::create().await.unwrap()).await;
    let sources =
        |table: &str| catalog.relation("public", table).unwrap().search_column().unwrap().search_sources.clone();
    assert_eq!(sources("contacts"), ["first_name", "last_name", "email"]);
    assert_eq!(sources("organizations"), ["name", "domain", "email"], "the phone goes in as digits only");
    assert_eq!(sources("opportunities"), ["name"]);
}

#[tokio::test]
async fn aggregates_and_functions_over_domains_named_as_media_types_are_handlers() {
    let database = Database::create().await.unwrap();
    let client = database.client().await.unwrap();
    let sql = r#"
        create domain "text/tab-separated-values" as text;
        create domain "*/*" as bytea;
        create function lines_step(sum "text/tab-separated-values", next anyelement)
            returns "text/tab-separated-values" language sql as $$ select sum || next::text || E'\n' $$;
        create aggregate lines_of(anyelement)
            (sfunc = lines_step, stype = "text/tab-separated-values", initcond = '');
        create function blob_step(sum "*/*", next stages) returns "*/*" language sql as $$ select sum $$;
        create aggregate blob_of(stages) (sfunc = blob_step, stype = "*/*", initcond = '');
        create function hello() returns "text/tab-separated-values" language sql as $$ select 'hello' $$;
        create function many() returns setof "text/tab-separated-values" language sql as $$ select 'many' $$"#;
    client.batch_execute(sql).await.unwrap();
    let mut handlers = catalog_of(&database).await.media_handlers;
    handlers.sort_by(|a, b| a.name.cmp(&b.name));
    let told: Vec<_> = handlers
        .iter()
        .map(|one| {
            let target = one.target.as_ref().map(|(_, name)| name.as_str());
            (one.name.as_str(), target, one.media_type.as_str(), one.base_type.as_str())
        })
        .collect();
    let tabs = "text/tab-separated-values";
    let steps = [("blob_of", Some("stages"), "*/*", "bytea"), ("lines_of", None, tabs, "text")];
    let functions: Vec<_> = told.iter().filter(|one| !steps.contains(one)).copied().collect();
    assert_eq!(told.len(), functions.len() + steps.len(), "{told:?}");
    assert!(functions.contains(&(tabs, Some("hello"), tabs, "text")), "{functions:?}");
    assert!(!functions.iter().any(|one| one.1 == Some("many")), "a set of values has no form of its own");
}

#[tokio::test]
async fn a_table_has_its_columns_and_keys() {
    let catalog = catalog_of(&Database::create().await.unwrap()).await;
    let contacts = catalog.relation("public", "contacts").unwrap();
    assert_eq!(contacts.primary_key, ["workspace_id", "id"]);
    assert_eq!(contacts.unique_keys, [["workspace_id", "id"]], "partial and expression indexes are no keys");
    assert!(contacts.row_security && contacts.insertable && contacts.updatable && contacts.deletable);
    let id = contacts.column("id").unwrap();
    assert_eq!((id.type_name.as_str(), id.nullable, id.default_sql.as_deref()), ("uuid", false, Some("app.uuid_v7()")));
    let tags = contacts.column("tags").unwrap();
    assert_eq!((tags.type_name.as_str(), tags.sql_type.as_str()), ("_text", "text[]"));
    let search = contacts.column("search_text").unwrap();
    assert!(search.generated && search.search && search.has_default && search.default_sql.is_none());
    let amount = catalog.relation("public", "opportunities").unwrap().column("amount").unwrap();
    assert_eq!(amount.sql_type, "numeric(18,2)");
    let memberships = catalog.relation("public", "memberships").unwrap();
    assert!(memberships.unique_keys.contains(&vec!["workspace_id".to_owned(), "user_id".to_owned()]));
}

#[tokio::test]
async fn a_foreign_key_knows_both_ends() {
    let catalog = catalog_of(&Database::create().await.unwrap()).await;
    let key = |name: &str| catalog.foreign_keys.iter().find(|key| key.name == name).unwrap();
    let organization = key("contacts_organization_id_fkey");
    assert_eq!(organization.columns, ["workspace_id", "organization_id"]);
    assert_eq!(organization.target_columns, ["workspace_id", "id"]);
    assert_eq!((organization.relation.as_str(), organization.target.as_str()), ("contacts", "organizations"));
    assert!(!organization.one_to_one);
    assert!(
        catalog.foreign_keys.iter().all(|key| key.target_schema == "public"),
        "nothing points out of what is exposed"
    );
}

#[tokio::test]
async fn views_enums_and_functions_are_described() {
    let database = Database::create().await.unwrap();
    let setup = "
        create type public.mood as enum ('good', 'bad');
        create table public.visit (id int generated always as identity primary key, mood public.mood default 'good',
          code varchar(8), contact int unique references public.visit);
        create view public.happy as select id, code from public.visit where mood = 'good';
        create view public.moods as select mood, count(*) from public.visit group by mood;
        create materialized view public.frozen as select 1 as one;
        create function public.visits(since int, most int default 3) returns setof public.visit language sql stable
          as 'select * from public.visit';
        create function public.note(text) returns void language sql as '';
        create function public.pair(out a int, out b int) language sql immutable as 'select 1, 2';
        create function public.total(variadic parts int[]) returns int language sql immutable as 'select 1';
        create function public.listed() returns table (x int) language sql stable as 'select 1'";
    database.client().await.unwrap().batch_execute(setup).await.unwrap();
    let catalog = catalog_of(&database).await;
    let relation = |name: &str| catalog.relation("public", name).unwrap();
    assert_eq!(relation("visit").column("mood").unwrap().enum_values, ["good", "bad"]);
    assert_eq!(relation("visit").column("mood").unwrap().sql_type, "public.mood");
    assert_eq!(relation("visit").column("code").unwrap().max_length, Some(8));
    assert!(relation("visit").column("id").unwrap().generated);
    assert!(catalog.foreign_keys.iter().any(|key| key.relation == "visit" && key.one_to_one));
    assert!(relation("happy").insertable && !relation("moods").insertable && !relation("frozen").updatable);
    let function = |name: &str| catalog.functions.iter().find(|function| function.name == name).unwrap();
    let visits = function("visits");
    assert_eq!(visits.returns, Returns::Relation { schema: "public".into(), name: "visit".into(), set: true });
    assert_eq!(visits.volatility, Volatility::Stable);
    let required: Vec<_> =
        visits.arguments.iter().map(|argument| (argument.name.as_str(), argument.required)).collect();
    assert_eq!(required, [("since", true), ("most", false)]);
    assert_eq!(function("note").returns, Returns::Void);
    assert_eq!(function("note").arguments[0].name, "");
    assert_eq!(function("pair").returns, Returns::Composite { set: false });
    assert!(function("pair").arguments.is_empty());
    assert!(function("total").variadic && function("total").arguments[0].variadic);
    assert_eq!(function("listed").returns, Returns::Composite { set: true });
}

#[tokio::test]
async fn a_table_has_its_finished_indexes_and_its_size() {
    let database = Database::create().await.unwrap();
    let client = database.client().await.unwrap();
    let sql = "
        create table public.readings (id int primary key, room text, facts jsonb, gone timestamptz);
        create index readings_kind_idx on public.readings (room, left(facts ->> 'kind', 500), id) where gone is null and room is not null;
        create index readings_value_idx on public.readings ((facts -> 'value') desc nulls last);
        create index readings_fold_idx on public.readings (lower(room)) include (id);
        create index readings_facts_idx on public.readings using gin (facts);
        create index readings_half_idx on public.readings (room);
        update pg_index set indisvalid = false where indexrelid = 'public.readings_half_idx'::regclass;
        insert into public.readings select n, repeat('x', 1000) from generate_series(1, 1000) as n;
        analyze public.readings";
    client.batch_execute(sql).await.unwrap();
    let catalog = catalog_of(&database).await;
    let readings = catalog.relation("public", "readings").unwrap();
    let told: Vec<_> = readings.indexes.iter().map(|index| (index.name.as_str(), index.method.as_str())).collect();
    let names = ["readings_facts_idx", "readings_fold_idx", "readings_kind_idx", "readings_pkey", "readings_value_idx"];
    assert_eq!(told.iter().map(|one| one.0).collect::<Vec<_>>(), names, "an unfinished index is none");
    assert_eq!(told[0].1, "gin");
    let keys = |name: &str| readings.indexes.iter().find(|index| index.name == name).unwrap().keys.clone();
    let member = |key: &str, as_text| IndexKey::Member { column: "facts".into(), key: key.into(), as_text };
    assert_eq!(
        keys("readings_kind_idx"),
        [IndexKey::Column("room".into()), member("kind", true), IndexKey::Column("id".into())]
    );
    assert_eq!(keys("readings_value_idx"), [member("value", false)]);
    assert_eq!(
        keys("readings_fold_idx"),
        [IndexKey::Expression("lower(room)".into())],
        "what it only includes is no key"
    );
    assert_eq!(readings.indexes[2].predicate.as_deref(), Some("gone IS NULL AND room IS NOT NULL"));
    assert!((140..200).contains(&readings.whole_cost), "{}", readings.whole_cost);
    assert!(catalog.relation("public", "contacts").unwrap().whole_cost < 10);
}
