//! Claims about bringing a database up to date, held against a real PostgreSQL.
#![expect(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::time::Duration;

use server::pg::{Target, migrate};
use testdb::Database;

async fn empty() -> (Database, Target) {
    let database = Database::create_empty().await.unwrap();
    let target = Target::parse(&database.url()).unwrap();
    (database, target)
}

const COUNT_FILES: &str = "select count(*) from app.migrations";
const COUNT_BROKEN_INDEXES: &str = "select count(*) from pg_index where not indisvalid";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_that_start_at_once_update_one_database() {
    let (database, target) = empty().await;
    let (one, two) = tokio::join!(migrate(&target), migrate(&target));
    let (one, two) = (one.unwrap(), two.unwrap());
    assert!(one == 0 || two == 0, "one node does all the work, not {one} and {two}");
    let client = database.client().await.unwrap();
    assert_eq!(client.query_one(COUNT_FILES, &[]).await.unwrap().get::<_, i64>(0), (one + two) as i64);
    assert_eq!(client.query_one(COUNT_BROKEN_INDEXES, &[]).await.unwrap().get::<_, i64>(0), 0);
    assert_eq!(migrate(&target).await.unwrap(), 0);
}

#[tokio::test]
async fn a_file_that_changed_after_it_was_applied_stops_the_start() {
    let (database, target) = empty().await;
    migrate(&target).await.unwrap();
    let client = database.client().await.unwrap();
    client.batch_execute("update app.migrations set sha256 = '\\x00' where name = '0002_auth.sql'").await.unwrap();
    let error = migrate(&target).await.unwrap_err().to_string();
    assert!(error.starts_with("migration 0002_auth.sql was changed"), "{error}");
}

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let (database, target) = empty().await;
    migrate(&target).await.unwrap();
    let client = database.client().await.unwrap();
    client.batch_execute("insert into app.migrations values ('9999_future.sql', '\\x00')").await.unwrap();
    let error = migrate(&target).await.unwrap_err().to_string();
    assert!(error.contains("newer than this version") && error.contains("9999_future.sql"), "{error}");
}

#[tokio::test]
async fn a_half_built_index_is_built_again() {
    let (database, target) = empty().await;
    migrate(&target).await.unwrap();
    let client = database.client().await.unwrap();
    let crash = "delete from app.migrations where name = '0008_indexes.sql';
        drop index public.contacts_name_idx;
        update pg_index set indisvalid = false where indexrelid = 'public.contacts_created_at_idx'::regclass";
    client.batch_execute(crash).await.unwrap();
    assert_eq!(migrate(&target).await.unwrap(), 1);
    assert_eq!(client.query_one(COUNT_BROKEN_INDEXES, &[]).await.unwrap().get::<_, i64>(0), 0);
    client.batch_execute("select 'public.contacts_name_idx'::regclass").await.unwrap();
}

#[tokio::test]
async fn a_migration_waits_out_a_lock_without_stopping_the_requests_behind_it() {
    let (database, target) = empty().await;
    migrate(&target).await.unwrap();
    let mut holder = database.client().await.unwrap();
    let undo = "delete from app.migrations where name = '0009_publication.sql'; drop publication rapport";
    holder.batch_execute(undo).await.unwrap();
    let holding = holder.transaction().await.unwrap();
    holding.batch_execute("lock table public.contacts in access exclusive mode").await.unwrap();
    let migrating = tokio::spawn(async move { migrate(&target).await });
    tokio::time::sleep(Duration::from_millis(3500)).await;
    holding.commit().await.unwrap();
    assert_eq!(migrating.await.unwrap().unwrap(), 1);
}

#[tokio::test]
async fn an_owner_who_is_not_superuser_can_migrate() {
    let (database, _) = empty().await;
    let admin = database.client().await.unwrap();
    let role = format!("owner_{}", database.name());
    let setup = format!("create role {role} login createrole; alter database {} owner to {role}", database.name());
    admin.batch_execute(&setup).await.unwrap();
    let target = Target::parse(&database.url_as(&role)).unwrap();
    let migrated = migrate(&target).await;
    let client = target.connect().await.unwrap();
    let stepped_down = client.batch_execute("set role rapport_api; reset role; set role rapport_system").await;
    let clean = format!(
        "alter database {} owner to postgres; reassign owned by {role} to postgres; drop owned by {role}; drop role {role}",
        database.name()
    );
    admin.batch_execute(&clean).await.unwrap();
    assert!(migrated.unwrap() > 0);
    stepped_down.unwrap();
}

#[tokio::test]
async fn an_owner_without_rights_is_told_which() {
    let (database, _) = empty().await;
    let admin = database.client().await.unwrap();
    let role = format!("weak_{}", database.name());
    admin.batch_execute(&format!("create role {role} login")).await.unwrap();
    let target = Target::parse(&database.url_as(&role)).unwrap();
    let error = migrate(&target).await.unwrap_err().to_string();
    admin.batch_execute(&format!("drop role {role}")).await.unwrap();
    assert!(error.contains("permission denied"), "{error}");
}
