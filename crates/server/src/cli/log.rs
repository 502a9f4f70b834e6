//! The log: one line per event on standard error.
//!
//! In: the filter and the form the operator chose. Out: a global subscriber, set once.
//! Invariant: people on a terminal get lines to read, everything else gets JSON.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use super::CliError;
use crate::config::{ConfigError, LogConfig, LogFormat};

/// Starts logging.
pub(super) fn start(config: &LogConfig) -> Result<(), CliError> {
    // The driver of the change stream repeats what `wal` says better; an operator's own directive for it still wins.
    let filter = EnvFilter::try_new(format!("{}=off,{}", wal::DRIVER_LOG_TARGET, config.filter)).map_err(|_| {
        ConfigError::Value {
            option: "log",
            value: config.filter.clone(),
            expected: "a level such as info, or target=level pairs".to_owned(),
        }
    })?;
    let terminal = std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match config.format.unwrap_or(if terminal { LogFormat::Human } else { LogFormat::Json }) {
        LogFormat::Human => lines.with_target(false).with_ansi(terminal).init(),
        LogFormat::Json => lines.json().flatten_event(true).with_current_span(false).init(),
    }
    Ok(())
}
