//! Why a command stops, in one line that says what to do.
//!
//! In: the errors of what a command needs. Out: [`CliError`], printed by [`main`](super::main).
//! Invariant: one line; the cause is part of it.

use std::net::SocketAddr;

use crate::config::ConfigError;
use crate::pg::{ClusterError, MigrateError, PgError, Target};
use crate::rest::settings::SettingsError;

/// Why a command stops.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// An option cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// A setting of `rapport rest` cannot be used.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The private database does not start.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// The operator's database cannot be used.
    #[error("cannot use the {target}: {}; check database_url (--database-url, RAPPORT_DATABASE_URL)", reason(.source))]
    Given {
        /// Where it should be.
        target: Box<Target>,
        /// What went wrong.
        source: Box<PgError>,
    },
    /// The database cannot be brought up to date.
    #[error("cannot update the database: {0}")]
    Migrate(MigrateError),
    /// The database failed a command.
    #[error(transparent)]
    Database(#[from] PgError),
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {}; choose another --listen", listen_reason(.source))]
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
    /// The runtime, a signal or a socket failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// What a command of another module says.
    #[error("{0}")]
    Command(String),
}

fn reason(error: &PgError) -> String {
    match error {
        PgError::Unavailable(why) => why.clone(),
        other => other.to_string(),
    }
}

fn listen_reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::AddrInUse => "another program uses it".to_owned(),
        ErrorKind::PermissionDenied => "ports below 1024 are for root".to_owned(),
        ErrorKind::AddrNotAvailable => "this machine does not have that address".to_owned(),
        _ => error.to_string(),
    }
}
