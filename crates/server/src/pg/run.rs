//! Runs a request's statements as the request's role.
//!
//! In: [`Terms`], often from a [`Request`], and [`Statement`]s. Out: [`Rows`] in text form.
//! Invariant: role, claims and limits hold for exactly these statements; nothing of them outlives the request.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use tokio::sync::OnceCell;
use uuid::Uuid;

use super::pool::{Lease, Pool};
use super::terms::{Preface, Terms};
use super::wire::{Call, End};
use super::{DbError, PgError, Target, system};

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

/// What a request of the product brings along for its statements.
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
    pub headers: Cow<'a, str>,
    /// The schemas names are looked up in, as SQL writes them.
    pub search_path: &'a str,
    /// How long each statement may run.
    pub timeout_ms: u32,
    /// The time zone that timestamps are written in; `None` is UTC.
    pub timezone: Option<&'a str>,
    /// Takes up what the request used.
    pub usage: Option<&'a Usage>,
}

/// What a request used of the database.
#[derive(Debug, Default)]
pub struct Usage {
    waited_ns: AtomicU64,
    statements: AtomicU64,
}

impl Usage {
    fn add_wait(&self, waited: Duration) {
        self.waited_ns.fetch_add(u64::try_from(waited.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    /// How long it waited for its connections.
    pub fn waited(&self) -> Duration {
        Duration::from_nanos(self.waited_ns.load(Ordering::Relaxed))
    }

    /// How many statements it sent, the settings that come before its own included.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }
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

/// The database as requests see it. Cheap to clone.
#[derive(Clone)]
pub struct Pg {
    target: Target,
    requests: Pool,
    system: deadpool_postgres::Pool,
    sent: Arc<AtomicU64>,
    timezones: Arc<OnceCell<Arc<BTreeSet<String>>>>,
}

/// How long the answer may lag behind the statement's own limit before the connection counts as lost.
const GRACE: Duration = Duration::from_secs(5);

/// Whose database it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// The product's own: connections step down to its powerless role, and time is UTC.
    Ours,
    /// Somebody else's: connections stay who logged in, and its own defaults hold.
    Theirs,
}

impl Pg {
    /// The product's database; the first connection opens with the first request.
    pub fn new(target: Target, pool_size: usize, pool_wait: Duration) -> Result<Self, PgError> {
        Self::of(Whose::Ours, target, pool_size, pool_wait)
    }

    /// A database to be asked; the first connection opens with the first request.
    pub fn of(whose: Whose, target: Target, pool_size: usize, pool_wait: Duration) -> Result<Self, PgError> {
        let system = system::pool(whose, &target, pool_wait)?;
        let requests = Pool::new(whose, target.clone(), pool_size, pool_wait);
        Ok(Self { requests, target, system, sent: Arc::default(), timezones: Arc::default() })
    }

    /// Where it is, for those who need a connection of their own kind (the change stream).
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// How many more requests could be served at this moment.
    pub fn available(&self) -> usize {
        self.requests.available()
    }

    /// How many statements requests have sent so far, each request's settings included.
    pub fn statements(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    fn count(&self, terms: &Terms<'_>, calls: &[Call<'_>]) {
        let calls = u64::try_from(calls.len()).unwrap_or(u64::MAX);
        self.sent.fetch_add(calls, Ordering::Relaxed);
        if let Some(usage) = terms.usage {
            usage.statements.fetch_add(calls, Ordering::Relaxed);
        }
    }

    /// Runs the statements in one transaction and one round trip.
    pub async fn run<'a>(
        &self,
        terms: impl Into<Terms<'a>>,
        statements: &[Statement<'_>],
    ) -> Result<Vec<Rows>, PgError> {
        let terms = terms.into();
        let preface = Preface::new(&terms);
        let (calls, before) = calls(&preface, &terms, statements);
        self.count(&terms, &calls);
        let attempt = async || {
            let mut lease = self.lease(&terms).await?;
            let outcome = within(&terms, lease.connection()?.run(&calls)).await?;
            if !is_stale(&outcome) {
                lease.give_back();
            }
            outcome
        };
        let outcome = match attempt().await {
            Err(error) if names_stale_statement(&error) => attempt().await,
            outcome => outcome,
        };
        outcome.map(|rows| after(rows, before))
    }

    /// Runs the statements in one transaction, and commits it or rolls it back after looking at the rows.
    pub async fn run_deciding<'a, E>(
        &self,
        terms: impl Into<Terms<'a>>,
        statements: &[Statement<'_>],
        decide: impl FnOnce(&[Rows]) -> Verdict<E>,
    ) -> Result<Result<Vec<Rows>, E>, PgError> {
        let terms = terms.into();
        let preface = Preface::new(&terms);
        let (calls, before) = calls(&preface, &terms, statements);
        self.count(&terms, &calls);
        let attempt = async || {
            let mut lease = self.lease(&terms).await?;
            match within(&terms, lease.connection()?.run_open(&calls)).await? {
                Ok(rows) => Ok((lease, after(rows, before))),
                Err(error) => {
                    if !names_stale_statement(&error) {
                        lease.give_back();
                    }
                    Err(error)
                }
            }
        };
        let opened = match attempt().await {
            Err(error) if names_stale_statement(&error) => attempt().await,
            opened => opened,
        };
        let (mut lease, rows) = opened?;
        let verdict = decide(&rows);
        let end = match &verdict {
            Verdict::Commit => End::Commit,
            Verdict::RollBack => End::Rehearse,
            Verdict::Refuse(_) => End::RollBack,
        };
        let closed = within(&terms, lease.connection()?.close(end)).await?;
        lease.give_back();
        closed?;
        Ok(match verdict {
            Verdict::Commit | Verdict::RollBack => Ok(rows),
            Verdict::Refuse(answer) => Err(answer),
        })
    }

    async fn lease(&self, terms: &Terms<'_>) -> Result<Lease, PgError> {
        let begun = Instant::now();
        let lease = self.requests.get().await;
        if let Some(usage) = terms.usage {
            usage.add_wait(begun.elapsed());
        }
        lease
    }

    /// The names of all time zones. Read at the first need: PostgreSQL opens a thousand files to tell them.
    pub async fn timezones(&self) -> Result<Arc<BTreeSet<String>>, PgError> {
        let read = async || {
            let rows = self.system().await?.query_typed("select name from pg_timezone_names", &[]).await?;
            Ok::<_, PgError>(Arc::new(rows.iter().map(|row| row.get(0)).collect()))
        };
        self.timezones.get_or_try_init(read).await.cloned()
    }

    /// A connection for the server's own work, as `rapport_system` in the product's own database.
    pub async fn system(&self) -> Result<deadpool_postgres::Client, PgError> {
        Ok(self.system.get().await?)
    }
}

/// Everything to send, and how much of it comes before the statements.
fn calls<'a>(
    preface: &'a Preface<'_>,
    terms: &'a Terms<'_>,
    statements: &'a [Statement<'_>],
) -> (Vec<Call<'a>>, usize) {
    let mut calls: Vec<Call<'a>> = preface.calls().collect();
    let before = calls.len();
    let own = statements.iter().map(|one| Call { role: &terms.role, sql: one.sql, params: one.params });
    calls.extend(own);
    (calls, before)
}

fn after(mut rows: Vec<Rows>, before: usize) -> Vec<Rows> {
    rows.drain(..before.min(rows.len()));
    rows
}

async fn within<T>(terms: &Terms<'_>, work: impl Future<Output = Result<T, PgError>>) -> Result<T, PgError> {
    let outcome = match terms.limit {
        None => work.await,
        Some(limit) => {
            let silent = || PgError::Lost("the server does not answer".to_owned());
            tokio::time::timeout(limit + GRACE, work).await.unwrap_or_else(|_| Err(silent()))
        }
    };
    outcome.map_err(PgError::in_use)
}

fn is_stale<T>(outcome: &Result<T, PgError>) -> bool {
    outcome.as_ref().is_err_and(names_stale_statement)
}

/// Does PostgreSQL no longer know a statement as this connection prepared it: its tables changed since.
fn names_stale_statement(error: &PgError) -> bool {
    let cached_plan = |error: &DbError| error.sqlstate == "0A000" && error.message.starts_with("cached plan");
    error.database().is_some_and(|error| error.sqlstate == "26000" || cached_plan(error))
}
