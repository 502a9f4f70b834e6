//! What can go wrong between the server and its database.
//!
//! In: PostgreSQL's error fields, I/O errors. Out: [`PgError`].
//! Invariant: the fields arrive whole; what a client may see of them is decided where the answer is made.

/// Why a statement gave no rows.
#[derive(Debug, thiserror::Error)]
pub enum PgError {
    /// PostgreSQL refused the statement.
    #[error("{0}")]
    Database(Box<DbError>),
    /// The database cannot be reached.
    #[error("the database is not reachable: {0}")]
    Unavailable(String),
    /// The connection broke while a statement ran: it may have been carried out or not.
    #[error("the connection to the database broke: {0}")]
    Lost(String),
    /// Every connection was busy for as long as a request may wait.
    #[error("no database connection became free in time")]
    PoolTimeout,
    /// The URL of the database cannot be used.
    #[error("database_url: {0}")]
    BadUrl(String),
    /// PostgreSQL sent something that this client does not understand.
    #[error("unexpected answer of the database: {0}")]
    Protocol(&'static str),
}

impl PgError {
    /// PostgreSQL's error fields, if it was PostgreSQL that refused.
    pub fn database(&self) -> Option<&DbError> {
        match self {
            Self::Database(error) => Some(error),
            _ => None,
        }
    }

    /// What an error message of PostgreSQL means: a fatal one ends the connection, any other only the statement.
    pub(super) fn refused(error: DbError) -> Self {
        match error.severity.as_str() {
            "FATAL" | "PANIC" => Self::Unavailable(error.message),
            _ => Self::Database(Box::new(error)),
        }
    }

    /// The same of a connection that was in use.
    pub(super) fn in_use(self) -> Self {
        match self {
            Self::Unavailable(why) => Self::Lost(why),
            other => other,
        }
    }

    /// PostgreSQL's error code, if it was PostgreSQL that refused.
    pub fn sqlstate(&self) -> Option<&str> {
        self.database().map(|error| error.sqlstate.as_str())
    }
}

impl From<std::io::Error> for PgError {
    fn from(error: std::io::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<tokio_postgres::Error> for PgError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.as_db_error() {
            // The server stops, starts or has crashed.
            Some(db) if db.code().code().starts_with("57P") => Self::Unavailable(db.message().to_owned()),
            Some(db) => Self::Database(Box::new(DbError {
                severity: db.severity().to_owned(),
                sqlstate: db.code().code().to_owned(),
                message: db.message().to_owned(),
                detail: db.detail().map(str::to_owned),
                hint: db.hint().map(str::to_owned),
                schema: db.schema().map(str::to_owned),
                table: db.table().map(str::to_owned),
                column: db.column().map(str::to_owned),
                datatype: db.datatype().map(str::to_owned),
                constraint: db.constraint().map(str::to_owned),
            })),
            None => {
                let cause = std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string);
                Self::Unavailable(cause)
            }
        }
    }
}

impl From<deadpool_postgres::PoolError> for PgError {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(error) => error.into(),
            deadpool_postgres::PoolError::Timeout(_) => Self::PoolTimeout,
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// PostgreSQL's error, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DbError {
    /// `ERROR`, `FATAL` or `PANIC`.
    pub severity: String,
    /// The five-letter code.
    pub sqlstate: String,
    /// The message.
    pub message: String,
    /// More about it.
    pub detail: Option<String>,
    /// What to do.
    pub hint: Option<String>,
    /// The schema concerned.
    pub schema: Option<String>,
    /// The table concerned.
    pub table: Option<String>,
    /// The column concerned.
    pub column: Option<String>,
    /// The data type concerned.
    pub datatype: Option<String>,
    /// The constraint concerned.
    pub constraint: Option<String>,
}

impl std::fmt::Display for DbError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}: {}", self.severity, self.sqlstate, self.message)?;
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        Ok(())
    }
}
