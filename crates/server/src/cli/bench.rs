//! `rapport bench`: measures a running server and prints the report.
//!
//! In: the configuration (where the server listens, which database it uses), what to measure.
//! Out: the report on standard output and in the output folder.
//! Invariant: starts nothing and stops nothing; the server and its database are somebody else's.

use std::io::Write as _;

use super::CliError;
use super::database::Database;
use crate::bench::{self, BenchOptions};
use crate::config::Config;

/// Runs the command.
pub(super) async fn run(config: Config, options: BenchOptions) -> Result<(), CliError> {
    // Without the database there is no bare statement to compare with; everything else can be measured.
    let database = Database::open(&config.database).await;
    let target = database.as_ref().map(Database::target).map_err(ToString::to_string);
    let measured = bench::run(config.http.listen, target, &options).await;
    if let Ok(database) = database {
        database.close().await;
    }
    let report = measured.map_err(|error| CliError::Command(error.to_string()))?;
    writeln!(std::io::stdout(), "{}", report.markdown())?;
    Ok(())
}
