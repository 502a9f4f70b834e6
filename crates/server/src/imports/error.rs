//! What can go wrong with an import, in words for the person who imports.
//!
//! In: causes of every layer below. Out: one error with a stable code and, where there is one, the field it is about.
//! Invariant: the message never carries database text; the cause travels as `source`.

use crate::pg::PgError;

/// Why an import, or a step of it, was refused.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file cannot be read as a table.
    #[error("{file}: {reason}")]
    File {
        /// The file's name as the user knows it.
        file: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// The plan says something that cannot be done.
    #[error("{message}")]
    Plan {
        /// Path of the wrong field, such as `plan.files[0].columns[2].field`.
        field: String,
        /// What is wrong with it.
        message: String,
    },
    /// The plan leaves something open that only a person can answer.
    #[error("{message}")]
    OpenQuestion {
        /// Path of the field that answers it.
        field: String,
        /// The question.
        message: String,
    },
    /// The import is not in a state that allows this.
    #[error("{0}")]
    Conflict(String),
    /// Rows were edited since, and the caller did not say what to do with them.
    #[error("{rows} rows were edited since the import; say whether to keep or to undo them")]
    EditedSince {
        /// How many.
        rows: i64,
    },
    /// The caller may not do this.
    #[error("{0}")]
    Forbidden(String),
    /// There is no such import in the workspace.
    #[error("no such import")]
    NotFound,
    /// The import was told to stop.
    #[error("the import was stopped before its end; nothing was written")]
    Stopped,
    /// A file could not be read or written on disk.
    #[error("a file of the import could not be read or written")]
    Disk(#[from] std::io::Error),
    /// The database refused or is away.
    #[error("the database did not take the import")]
    Database(#[from] tokio_postgres::Error),
    /// No connection to the database.
    #[error("the database cannot be reached")]
    Unavailable(#[from] PgError),
    /// What is stored about the import is not what this version writes.
    #[error("what is stored about the import cannot be read")]
    Stored(#[from] serde_json::Error),
}

impl ImportError {
    /// A complaint about one field of the plan.
    pub fn plan(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self::Plan { field: field.into(), message: message.into() }
    }

    /// The message with its causes, for the person at a terminal and for the log.
    pub fn chain(&self) -> String {
        let mut text = self.to_string();
        let mut cause = std::error::Error::source(self);
        while let Some(inner) = cause {
            text.push_str(": ");
            text.push_str(&inner.to_string());
            cause = inner.source();
        }
        text
    }
}
