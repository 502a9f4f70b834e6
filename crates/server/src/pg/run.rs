//! Runs a request's statements as the request's role.
//!
//! In: a [`Request`] and its [`Statement`]s. Out: [`Rows`] in text form.
//! Invariant: role, claims and limits hold for exactly these statements; nothing of them outlives the request.

use std::sync::Arc;

use bytes::Bytes;
use uuid::Uuid;

use super::PgError;

/// May the statements write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// A read-only transaction.
    Read,
    /// A transaction that may write.
    Write,
}

/// Who statements run as.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The database role: `authenticated`, `rapport_viewer` or `anon`.
    pub db_role: &'static str,
    /// The user.
    pub user_id: Option<Uuid>,
    /// The workspace whose rows they see.
    pub workspace_id: Option<Uuid>,
    /// Their role in it: owner, admin, manager, member, viewer.
    pub workspace_role: Option<&'static str>,
    /// The token's claims as JSON, for `request.jwt.claims`.
    pub claims: Arc<str>,
}

/// What a request brings along for its statements.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// Who they run as.
    pub identity: &'a Identity,
    /// May they write.
    pub access: Access,
    /// The HTTP method.
    pub method: &'a str,
    /// The HTTP path.
    pub path: &'a str,
    /// The HTTP headers as a JSON object.
    pub headers: &'a str,
    /// The schemas names are looked up in, as SQL writes them.
    pub search_path: &'a str,
    /// How long each statement may run.
    pub timeout_ms: u32,
    /// The time zone that timestamps are written in; `None` is UTC.
    pub timezone: Option<&'a str>,
}

/// One statement. Parameters are text; PostgreSQL infers their types.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// What it is called in logs and on the monitor.
    pub name: &'a str,
    /// Its text.
    pub sql: &'a str,
    /// Its parameters; `None` is null.
    pub params: &'a [Option<Bytes>],
}

/// What a statement gave back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows {
    /// Names of the columns.
    pub columns: Vec<String>,
    /// Values as PostgreSQL writes them in text; `None` is null.
    pub rows: Vec<Vec<Option<Bytes>>>,
    /// How many rows it returned or changed, as its command tag says.
    pub affected: u64,
}

/// What to do with the transaction after looking at its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict<E> {
    /// Keep its changes.
    Commit,
    /// Undo its changes, yet hand back the rows (`Prefer: tx=rollback`).
    RollBack,
    /// Undo its changes and answer with this instead.
    Refuse(E),
}

/// The database as requests see it.
pub struct Pg {}

impl Pg {
    /// Runs the statements in one transaction and one round trip.
    pub async fn run(&self, _request: &Request<'_>, _statements: &[Statement<'_>]) -> Result<Vec<Rows>, PgError> {
        Err(PgError::Unavailable("not connected".to_owned()))
    }

    /// Runs the statements in one transaction, and commits it or rolls it back after looking at the rows.
    pub async fn run_deciding<E>(
        &self,
        _request: &Request<'_>,
        _statements: &[Statement<'_>],
        _decide: impl FnOnce(&[Rows]) -> Verdict<E>,
    ) -> Result<Result<Vec<Rows>, E>, PgError> {
        Err(PgError::Unavailable("not connected".to_owned()))
    }

    /// A connection for the server's own work, as `rapport_system`.
    pub async fn system(&self) -> Result<deadpool_postgres::Client, PgError> {
        Err(PgError::Unavailable("not connected".to_owned()))
    }
}
