//! Why the database cannot be brought up to date, in one line that says what to do.
//!
//! In: what the server said. Out: [`MigrateError`]. Invariant: the message names the file or the setting concerned.

use super::PgError;

/// Why the database cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// The server is older than any this product was tested with.
    #[error("PostgreSQL {major} is too old; Rapport needs 15 or newer")]
    TooOld {
        /// Its major version.
        major: i32,
    },
    /// Text would not survive.
    #[error("the database's encoding is {0}; create it with encoding 'UTF8' template template0")]
    Encoding(String),
    /// Nothing can be written there.
    #[error("the database is a read-only standby; point database_url at the primary")]
    Standby,
    /// An applied file differs from ours.
    #[error(
        "migration {name} was changed after this database got it; use the version of Rapport that made the database"
    )]
    Changed {
        /// The file.
        name: &'static str,
    },
    /// The database has a file that this binary does not know.
    #[error("the database is newer than this version of Rapport (it has migration {name}); use a newer one")]
    Newer {
        /// The file.
        name: String,
    },
    /// Another node holds the lock for very long.
    #[error("another node has been updating the database for ten minutes; look for it in pg_locks, then start again")]
    Locked,
    /// A file failed; in a transaction nothing of it remains.
    #[error("migration {name} failed: {}", describe(.source))]
    Failed {
        /// The file.
        name: &'static str,
        /// What the server said.
        source: tokio_postgres::Error,
    },
    /// Something else failed.
    #[error(transparent)]
    Database(#[from] PgError),
}

fn describe(error: &tokio_postgres::Error) -> String {
    match error.as_db_error() {
        Some(db) if db.code().code() == "42501" => {
            format!("{}; the database's user must own the database and have CREATEROLE", db.message())
        }
        Some(db) if db.code().code() == "53100" => format!("{}; make room on the disk, then start again", db.message()),
        Some(db) => format!("{} ({})", db.message(), db.code().code()),
        None => error.to_string(),
    }
}
