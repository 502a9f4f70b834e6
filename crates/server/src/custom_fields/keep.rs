//! Makes the indexes that fields want and drops those that none wants any more.
//!
//! In: the database, and [`CustomFields::changed`]. Out: finished indexes, and word to every server that there are others.
//! Invariant: no request waits: indexes are built concurrently, by one node at a time, and a broken one is built again.
//! Nobody waits for the lock inside a statement (see `pg/migrate`).

use std::collections::BTreeSet;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio_postgres::Client;

use super::field_index::FieldIndex;
use crate::app::App;
use crate::pg::{Pg, PgError};

/// How long to wait before what failed is tried again.
const PAUSE: Duration = Duration::from_secs(30);
/// Many fields come together, as in an import.
const SETTLE: Duration = Duration::from_millis(200);
/// One node at a time: "fields", as a number.
const LOCK: &str = "select pg_try_advisory_lock(x'6669656c6473'::bigint)";
const PREPARE: &str = "set statement_timeout = 0; set idle_in_transaction_session_timeout = 0";

/// Word that fields have changed.
#[derive(Debug, Default)]
pub struct CustomFields(Notify);

impl CustomFields {
    /// Says that fields may have changed.
    pub fn changed(&self) {
        self.0.notify_one();
    }
}

/// Keeps the indexes of fields until the task is aborted.
pub fn keep_indexes(app: &App) -> JoinHandle<()> {
    let app = app.clone();
    tokio::spawn(async move {
        // What changed while nobody listened.
        app.custom_fields.changed();
        loop {
            app.custom_fields.0.notified().await;
            tokio::time::sleep(SETTLE).await;
            match catch_up(&app.pg).await {
                Ok(true) => {}
                Ok(false) => again(&app).await,
                Err(error) => {
                    tracing::warn!(error = &error as &dyn std::error::Error, "indexes of fields could not be made");
                    again(&app).await;
                }
            }
        }
    })
}

async fn again(app: &App) {
    tokio::time::sleep(PAUSE).await;
    app.custom_fields.changed();
}

/// Makes and drops what differs; false if another node is at it.
async fn catch_up(pg: &Pg) -> Result<bool, PgError> {
    let (missing, spare) = difference(pg).await?;
    if missing.is_empty() && spare.is_empty() {
        return Ok(true);
    }
    // The owner of the tables makes their indexes; the lock goes with the connection.
    let client = pg.target().connect().await?;
    client.batch_execute(PREPARE).await?;
    if !client.query_one(LOCK, &[]).await?.get::<_, bool>(0) {
        return Ok(false);
    }
    // Another node may have been at it until now.
    let (missing, spare) = difference(pg).await?;
    for name in &spare {
        client.batch_execute(&format!("drop index concurrently if exists public.{name}")).await?;
        tracing::info!(index = name, "an index of a field is gone");
    }
    build(&client, &missing).await?;
    if !(missing.is_empty() && spare.is_empty()) {
        client.batch_execute("notify pgrst, 'reload schema'").await?;
    }
    Ok(true)
}

async fn build(client: &Client, missing: &[FieldIndex]) -> Result<(), PgError> {
    let mut tables = BTreeSet::new();
    for index in missing {
        client.batch_execute(&index.create()).await?;
        tracing::info!(index = index.name(), table = index.table, field = index.key, "a field is indexed");
        tables.insert(index.table.as_str());
    }
    for table in tables {
        // Only now does the planner know how common the values are.
        client.batch_execute(&format!("analyze public.{table}")).await?;
    }
    Ok(())
}

/// What is missing, and the names of what nobody wants or what was left unfinished.
async fn difference(pg: &Pg) -> Result<(Vec<FieldIndex>, Vec<String>), PgError> {
    let client = pg.system().await?;
    let fields = client.query(include_str!("sql/wanted.sql"), &[]).await?;
    let wanted: Vec<FieldIndex> =
        fields.iter().flat_map(|row| FieldIndex::of(row.get(0), row.get(1), row.get(2))).collect();
    let present = client.query(include_str!("sql/present.sql"), &[]).await?;
    let (mut spare, mut finished) = (Vec::new(), BTreeSet::new());
    for row in &present {
        let name: String = row.get(0);
        if row.get(1) && wanted.iter().any(|index| index.name() == name) {
            finished.insert(name);
        } else {
            spare.push(name);
        }
    }
    let missing = wanted.into_iter().filter(|index| !finished.contains(&index.name())).collect();
    Ok((missing, spare))
}
