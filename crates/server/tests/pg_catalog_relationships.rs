//! Claims about what belongs together, held against a real PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::time::Duration;

use schema::{Catalog, ForeignKey};
use server::pg::{Pg, Target};
use testdb::Database;

/// Loaded as the server's system role, which owns nothing here.
async fn catalog_of(database: &Database, schemas: &[&str], beside: &[&str]) -> Catalog {
    let target = Target::parse(&database.url()).unwrap();
    Pg::new(target, 1, Duration::from_secs(5)).unwrap().load_catalog(schemas, beside).await.unwrap()
}

async fn with(sql: &str) -> Database {
    let database = Database::create().await.unwrap();
    database.client().await.unwrap().batch_execute(sql).await.unwrap();
    database
}

/// `name: relation(columns) -> target(columns)`
fn told(key: &ForeignKey) -> String {
    let (columns, targets) = (key.columns.join(","), key.target_columns.join(","));
    format!("{}: {}({columns}) -> {}({targets})", key.name, key.relation, key.target)
}

fn keys_of(catalog: &Catalog, relation: &str) -> Vec<String> {
    catalog.foreign_keys.of("shop", relation).iter().map(told).collect()
}

const SHOP: &str = "
    create schema shop;
    create schema store;
    create schema beside;
    create table store.makers (id int primary key, name text);
    create table store.goods (id int, lang text, maker int constraint made_by references store.makers, primary key (id, lang));
    create table shop.sales (
      id int primary key, good int, lang text, twin int unique constraint twin references shop.sales,
      constraint sold foreign key (good, lang) references store.goods);
    create view shop.makers as select id as number, name from store.makers;
    create view beside.inner_goods as select id, lang, maker, maker * 2 as twice from store.goods;
    create view shop.goods as
      with all_goods as (select * from beside.inner_goods)
      select g.id, g.lang, g.maker as maker, g.maker as again, g.twice from (select * from all_goods where id > 0) g;
    create view shop.pairs as
      select s.id as sale, g.id as good, g.lang, m.id as maker
      from shop.sales s join store.goods g on g.id = s.good and g.lang = s.lang left join store.makers m on m.id = g.maker;
    create view shop.half as select id from store.goods;
    create view shop.either as select id, maker from store.goods union select id, maker from store.goods;
    create materialized view shop.kept as select id, name from store.makers;";

#[tokio::test]
async fn a_view_has_the_keys_of_the_tables_it_shows() {
    let catalog = catalog_of(&with(SHOP).await, &["shop"], &["beside"]).await;
    assert_eq!(
        keys_of(&catalog, "goods"),
        [
            "made_by: goods(again) -> kept(id)",
            "made_by: goods(again) -> makers(number)",
            "made_by: goods(again) -> pairs(maker)",
            "made_by: goods(maker) -> kept(id)",
            "made_by: goods(maker) -> makers(number)",
            "made_by: goods(maker) -> pairs(maker)",
        ],
        "through a view in another schema, a subquery and a with, and once for each column that shows it"
    );
    assert_eq!(
        keys_of(&catalog, "sales"),
        [
            "sold: sales(good,lang) -> goods(id,lang)",
            "sold: sales(good,lang) -> pairs(good,lang)",
            "twin: sales(twin) -> pairs(sale)",
            "twin: sales(twin) -> sales(id)",
        ],
        "a table reaches views of what it points at, whole keys only"
    );
    assert_eq!(keys_of(&catalog, "either"), [] as [&str; 0], "a union shows nothing as it is");
    let twin = catalog.foreign_keys.of("shop", "sales").iter().find(|key| key.target == "pairs" && key.name == "twin");
    assert!(twin.unwrap().one_to_one);
    let to_makers: Vec<_> = catalog.foreign_keys.to("shop", "makers").map(told).collect();
    assert_eq!(to_makers, ["made_by: goods(again) -> makers(number)", "made_by: goods(maker) -> makers(number)"]);
    assert!(catalog.foreign_keys.iter().all(|key| key.schema == "shop" && key.target_schema == "shop"));
}

#[tokio::test]
async fn views_are_followed_through_known_schemas_only() {
    let catalog = catalog_of(&with(SHOP).await, &["shop"], &[]).await;
    assert_eq!(keys_of(&catalog, "goods"), [] as [&str; 0]);
}

#[tokio::test]
async fn a_view_has_the_primary_keys_that_it_shows_whole() {
    let catalog = catalog_of(&with(SHOP).await, &["shop"], &["beside"]).await;
    let key = |view: &str| catalog.relation("shop", view).unwrap().primary_key.clone();
    assert_eq!(key("goods"), ["id", "lang"]);
    assert_eq!(key("makers"), ["number"]);
    assert_eq!(key("kept"), ["id"]);
    assert_eq!(key("pairs").len(), 4, "the keys of all three tables");
    assert_eq!(key("half"), [] as [&str; 0]);
}

#[tokio::test]
async fn a_partitioned_table_has_keys_and_its_parts_have_none() {
    let sql = "
        create schema shop;
        create table shop.days (day date primary key) partition by range (day);
        create table shop.days_2027 partition of shop.days for values from ('2027-01-01') to ('2028-01-01');
        create table shop.visits (id int, day date constraint visited references shop.days, primary key (id, day))
          partition by range (day);
        create table shop.visits_2027 partition of shop.visits for values from ('2027-01-01') to ('2028-01-01');";
    let catalog = catalog_of(&with(sql).await, &["shop"], &[]).await;
    assert_eq!(catalog.foreign_keys.iter().map(told).collect::<Vec<_>>(), ["visited: visits(day) -> days(day)"]);
    assert!(catalog.relation("shop", "visits_2027").is_none());
}

#[tokio::test]
async fn functions_of_rows_and_casts_of_domains_are_known() {
    let sql = "
        create schema shop;
        create schema hidden;
        create domain shop.shade as int;
        create function shop.shade_to_json(shop.shade) returns json language sql immutable as 'select to_json(to_hex($1))';
        create function shop.json_to_shade(json) returns shop.shade language sql immutable as 'select 1::shop.shade';
        create function shop.text_to_shade(text) returns shop.shade language sql immutable as 'select 1::shop.shade';
        create cast (shop.shade as json) with function shop.shade_to_json(shop.shade) as implicit;
        create cast (json as shop.shade) with function shop.json_to_shade(json) as implicit;
        create cast (text as shop.shade) with function shop.text_to_shade(text) as implicit;
        create table shop.paints (id int primary key, shade shop.shade, plain int);
        create table shop.walls (id int primary key);
        create table hidden.walls (id int primary key);
        create function shop.paint(shop.walls) returns setof shop.paints rows 1 language sql stable as 'select * from shop.paints';
        create function shop.walls(shop.paints) returns setof shop.walls language sql stable as 'select * from shop.walls';
        create function shop.one_wall(shop.paints) returns shop.walls language sql stable as 'select * from shop.walls limit 1';
        create function shop.hidden_walls(shop.paints) returns setof hidden.walls language sql stable as 'select * from hidden.walls';
        create function hidden.walls(shop.paints) returns setof shop.walls language sql stable as 'select * from shop.walls';
        create function shop.tone(shop.paints) returns text language sql stable as 'select ''dark''';";
    let catalog = catalog_of(&with(sql).await, &["shop"], &["hidden"]).await;
    let told: Vec<_> = catalog
        .computed
        .iter()
        .map(|one| (one.name.as_str(), one.relation.as_str(), one.target.as_str(), one.to_one))
        .collect();
    assert_eq!(
        told,
        [
            ("one_wall", "paints", "walls", true),
            ("paint", "walls", "paints", true),
            ("walls", "paints", "walls", false)
        ]
    );
    let paints = catalog.relation("shop", "paints").unwrap();
    let shade = &paints.column("shade").unwrap().representation;
    assert_eq!(shade.to_json.as_deref(), Some("shop.shade_to_json"));
    assert_eq!(shade.from_json.as_deref(), Some("shop.json_to_shade"));
    assert_eq!(shade.from_text.as_deref(), Some("shop.text_to_shade"));
    assert_eq!(paints.column("plain").unwrap().representation.to_json, None);
}
