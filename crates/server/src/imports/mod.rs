//! Imports: another system's export in, records out, and back again.
//!
//! In: CSV files, a plan. Out: records, an undo log, a report of every row that did not go in. See `docs/imports.md`.
//! Invariant: an import never loses or silently changes a row, and is in the database whole or not at all.

pub mod check;
pub mod detect;
pub mod engine;
pub mod error;
pub mod fields;
pub mod guess;
pub mod http;
pub mod plan;
pub mod problems;
pub mod read;
pub mod run;
pub mod stage;
pub mod store;
pub mod undo;

use std::time::Duration;

use crate::pg::Pg;

const RECOVER_EVERY: Duration = Duration::from_secs(30);

/// Says of imports whose server is gone that they failed: at start, and again for those another node leaves behind.
pub async fn watch_abandoned(pg: Pg) {
    loop {
        if let Ok(client) = pg.system().await {
            match store::recover(&**client).await {
                Ok(0) => {}
                Ok(imports) => tracing::warn!(imports, "imports that a stopped server left behind have failed"),
                Err(error) => tracing::warn!(error = error.chain(), "abandoned imports could not be looked for"),
            }
        }
        tokio::time::sleep(RECOVER_EVERY).await;
    }
}
