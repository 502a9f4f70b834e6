//! Brings the database up to date: forward only, one node at a time.
//!
//! In: a [`Target`] whose login owns the database. Out: how many files were applied.
//! Invariant: a file is recorded in the transaction that applied it, or, outside transactions, after its last statement;
//! an applied file never changes. Nobody waits for the lock inside a statement: an index built concurrently waits for
//! every open snapshot, and two nodes would wait for each other.

mod error;
mod files;

use std::collections::BTreeMap;
use std::time::Duration;

use tokio_postgres::error::SqlState;
use tokio_postgres::{Client, Error};

use super::{PgError, Target};
pub use error::MigrateError;
use files::{MIGRATIONS, Migration, concurrent_index};

/// Says "Rapport" to whoever looks at `pg_locks`.
const LOCK: &str = "select pg_try_advisory_lock(x'526170706f7274'::bigint)";
const LOCK_POLL: Duration = Duration::from_millis(200);
const LOCK_PATIENCE: u32 = 10 * 60 * 5;

/// A migration that cannot get a lock gives way to the requests behind it, and tries again.
const TRIES: u32 = 20;
const PAUSE: Duration = Duration::from_millis(500);

const PREPARE: &str = "
set client_min_messages = warning;
set statement_timeout = 0;
set idle_in_transaction_session_timeout = 0;
set lock_timeout = '3s'";

const RECORD: &str = "
create schema if not exists app;
create table if not exists app.migrations (
  name text primary key,
  sha256 bytea not null,
  applied_at timestamptz not null default now()
);
comment on table app.migrations is 'Which files of db/migrations this database has.'";

/// Applies what is missing; gives back how many files that were.
pub async fn migrate(target: &Target) -> Result<usize, MigrateError> {
    let mut client = target.connect().await?;
    check_server(&client).await?;
    client.batch_execute(PREPARE).await?;
    if is_current(&client).await {
        return Ok(0);
    }
    lock(&client).await?;
    client.batch_execute(RECORD).await?;
    let pending = pending(&client).await?;
    for migration in &pending {
        apply(&mut client, migration).await?;
        tracing::info!(migration = migration.name, "database updated");
    }
    Ok(pending.len())
}

async fn check_server(client: &Client) -> Result<(), MigrateError> {
    let row = client.query_one(include_str!("sql/server.sql"), &[]).await?;
    let (version, encoding, standby): (i32, &str, bool) = (row.get(0), row.get(1), row.get(2));
    if version < 150_000 {
        return Err(MigrateError::TooOld { major: version / 10_000 });
    }
    if encoding != "UTF8" {
        return Err(MigrateError::Encoding(encoding.to_owned()));
    }
    if standby {
        return Err(MigrateError::Standby);
    }
    Ok(())
}

/// The usual start: everything is applied, so no lock is needed. Any doubt is settled under the lock.
async fn is_current(client: &Client) -> bool {
    pending(client).await.is_ok_and(|pending| pending.is_empty())
}

/// The lock belongs to the session and goes with it.
async fn lock(client: &Client) -> Result<(), MigrateError> {
    for tried in 0..LOCK_PATIENCE {
        if client.query_one(LOCK, &[]).await?.get(0) {
            return Ok(());
        }
        if tried == 0 {
            tracing::info!("another node is updating the database; waiting for it");
        }
        tokio::time::sleep(LOCK_POLL).await;
    }
    Err(MigrateError::Locked)
}

async fn pending(client: &Client) -> Result<Vec<Migration>, MigrateError> {
    let rows = client.query("select name, sha256 from app.migrations", &[]).await?;
    let mut applied: BTreeMap<String, Vec<u8>> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    let mut missing = Vec::new();
    for migration in MIGRATIONS {
        match applied.remove(migration.name) {
            None => missing.push(*migration),
            Some(sha256) if sha256 == migration.sha256() => {}
            Some(_) => return Err(MigrateError::Changed { name: migration.name }),
        }
    }
    match applied.into_keys().next() {
        Some(name) => Err(MigrateError::Newer { name }),
        None => Ok(missing),
    }
}

async fn apply(client: &mut Client, migration: &Migration) -> Result<(), MigrateError> {
    let failed = |source| MigrateError::Failed { name: migration.name, source };
    if migration.runs_outside_transaction() {
        for statement in migration.statements() {
            run_alone(client, &statement).await.map_err(failed)?;
        }
        return record(client, migration).await.map_err(failed);
    }
    let mut tries = 0;
    loop {
        match apply_whole(client, migration).await {
            Err(error) if is_passing(&error) && tries < TRIES => tries += 1,
            outcome => return outcome.map_err(failed),
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn apply_whole(client: &mut Client, migration: &Migration) -> Result<(), Error> {
    let transaction = client.transaction().await?;
    transaction.batch_execute(migration.sql).await?;
    record(&transaction, migration).await?;
    transaction.commit().await
}

/// Runs one statement outside a transaction. An index that a broken run left half-built is dropped and built again;
/// one that an earlier run finished is left alone, so that the file can be resumed.
async fn run_alone(client: &Client, statement: &str) -> Result<(), Error> {
    let index = concurrent_index(statement);
    let mut tries = 0;
    loop {
        if let Some((schema, name)) = &index {
            match client.query_opt(include_str!("sql/index_state.sql"), &[schema, name]).await?.map(|row| row.get(0)) {
                Some(true) => return Ok(()),
                Some(false) => client.batch_execute(&format!("drop index concurrently {schema}.{name}")).await?,
                None => {}
            }
        }
        match client.batch_execute(statement).await {
            Err(error) if is_passing(&error) && tries < TRIES => tries += 1,
            outcome => return outcome,
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn record(client: &impl tokio_postgres::GenericClient, migration: &Migration) -> Result<(), Error> {
    let sql = "insert into app.migrations (name, sha256) values ($1, $2)";
    client.execute(sql, &[&migration.name, &migration.sha256()]).await.map(drop)
}

/// Somebody else held a lock: worth another try.
fn is_passing(error: &Error) -> bool {
    [SqlState::LOCK_NOT_AVAILABLE, SqlState::T_R_DEADLOCK_DETECTED].iter().any(|code| error.code() == Some(code))
}

impl From<Error> for MigrateError {
    fn from(error: Error) -> Self {
        Self::Database(PgError::from(error))
    }
}
