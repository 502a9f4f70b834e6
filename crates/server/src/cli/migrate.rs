//! `rapport migrate`: brings the database up to date and ends.
//!
//! In: the configuration. Out: a migrated database. Invariant: safe beside running servers and other migrators.

use super::CliError;
use super::database::Database;
use crate::config::Config;

/// Runs the command.
pub(super) async fn run(config: Config) -> Result<(), CliError> {
    let database = Database::open(&config.database).await?;
    let applied = database.migrate().await;
    database.close().await;
    tracing::info!(files = applied?, "the database is up to date");
    Ok(())
}
