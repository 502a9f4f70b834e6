//! Every golden statement is one that PostgreSQL understands, on the tables that the migrations make.

use std::path::Path;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tokio_postgres::error::SqlState;

use crate::fixture::catalog;
use crate::{ask, grammar};

#[tokio::test]
async fn every_golden_statement_is_prepared_by_the_database() {
    let database = testdb::Database::create().await.unwrap();
    let client = database.client().await.unwrap();
    client.batch_execute(include_str!("extra.sql")).await.unwrap();
    let mut prepared = 0;
    let mut refused = Vec::new();
    for file in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden")).unwrap() {
        let path = file.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let sql: String =
            text.lines().filter(|line| !line.starts_with("-- ")).map(|line| format!("{line}\n")).collect();
        for statement in sql.split(";\n").filter(|statement| !statement.trim().is_empty()) {
            prepared += 1;
            if let Err(error) = client.prepare(statement).await {
                refused.push(format!(
                    "{}: {:?}",
                    path.display(),
                    error.as_db_error().map(|error| error.message().to_owned())
                ));
            }
        }
    }
    assert!(refused.is_empty(), "{refused:#?}");
    assert!(prepared > 60, "{prepared}");
}

/// `ERRCODE_SYNTAX_ERROR`.
const NO_SQL: &str = "42601";

#[tokio::test]
async fn an_accepted_request_is_a_statement_that_the_database_parses() {
    let database = testdb::Database::create().await.unwrap();
    let client = database.client().await.unwrap();
    client.batch_execute(include_str!("extra.sql")).await.unwrap();
    let mut runner = TestRunner::default();
    let mut parsed = 0;
    while parsed < 300 {
        let query = grammar::requests().new_tree(&mut runner).unwrap().current();
        let Ok(plan) = ask::plan(&format!("GET /contacts?{query}")) else { continue };
        parsed += 1;
        if let Err(error) = client.prepare(&plan.sql).await {
            let code = error.code().map_or("", SqlState::code);
            assert!(code != NO_SQL && !code.starts_with("XX"), "{query}\n{}\n{error:?}", plan.sql);
        }
    }
}

#[tokio::test]
async fn the_fixture_is_what_the_migrations_make() {
    let database = testdb::Database::create().await.unwrap();
    let client = database.client().await.unwrap();
    client.batch_execute(include_str!("extra.sql")).await.unwrap();
    let sql = "select a.attname::text, format_type(a.atttypid, a.atttypmod), a.attgenerated <> ''
        from pg_attribute a
        where a.attrelid = ('public.' || quote_ident($1))::regclass and a.attnum > 0 and not a.attisdropped
        order by a.attnum";
    for relation in catalog().relations.values() {
        let rows = client.query(sql, &[&relation.name]).await.unwrap();
        let real: Vec<(String, String, bool)> = rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect();
        let ours: Vec<(String, String, bool)> = relation
            .columns
            .iter()
            .map(|column| (column.name.clone(), column.sql_type.clone(), column.generated))
            .collect();
        assert_eq!(ours, real, "{}", relation.name);
    }
}
