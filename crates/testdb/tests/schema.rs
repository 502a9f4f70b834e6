//! `db/schema.sql` is the migrated database, whole and readable.
//!
//! In: the migrations, through a database of this test. Out: equality with the dump that is in the repository.
//! `cargo xtask schema` writes it anew.

use std::process::Command;

use expect_test::expect_file;
use testdb::Database;

const HEADER: &str = "\
-- The whole schema as the migrations make it, written by `cargo xtask schema`. Do not edit; add a migration.
-- A test proves that this file and db/migrations are the same. See db/README.md for how to read it.
";

#[tokio::test]
async fn the_readable_schema_equals_the_migrations() {
    let database = Database::create().await.expect("a migrated database");
    let output = Command::new("pg_dump")
        .args(["--schema-only", "--no-owner", "--dbname", &database.url()])
        .output()
        .expect("pg_dump of the package postgresql-client");
    assert!(output.status.success(), "pg_dump: {}", String::from_utf8_lossy(&output.stderr));
    let dump = String::from_utf8(output.stdout).expect("UTF-8");
    expect_file!["../../../db/schema.sql"].assert_eq(&readable(&dump));
}

// Leaves out what differs between machines (versions, settings, a random key) and the noise between statements.
fn readable(dump: &str) -> String {
    let mut text = HEADER.to_owned();
    let mut blank = true;
    let mut in_body = false;
    for line in dump.lines() {
        let noise = line.starts_with("--")
            || line.starts_with("SET ")
            || line.starts_with("SELECT pg_catalog.set_config")
            || line.starts_with('\\');
        if noise && !in_body {
            continue;
        }
        in_body ^= line.matches("$$").count() % 2 == 1;
        if line.is_empty() {
            blank = true;
            continue;
        }
        if blank {
            text.push('\n');
            blank = false;
        }
        text.push_str(line);
        text.push('\n');
    }
    text
}
