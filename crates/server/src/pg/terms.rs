//! What holds for the statements of a request and no longer: role, settings, limits.
//!
//! In: a [`Request`] of the product, or what a foreign database is to be told. Out: [`Terms`], and the calls that come
//! before the request's own statements.
//! Invariant: every setting is local to the transaction, so nothing of it reaches the next request.

use std::borrow::Cow;
use std::time::Duration;

use bytes::Bytes;

use super::run::{Access, Request, Usage};
use super::wire::Call;

/// The terms on which a request's statements run.
#[derive(Debug, Clone)]
pub struct Terms<'a> {
    /// The role they run as: a plan made for one role is not reused for another.
    pub role: Cow<'a, str>,
    /// The isolation of the transaction, where it differs from the database's own.
    pub isolation: Option<Isolation>,
    /// Settings by name, made in this order.
    pub settings: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// A statement that runs before the others, on the same terms.
    pub before: Option<&'a str>,
    /// How long each statement may run, where that is known: a server silent for longer counts as lost.
    pub limit: Option<Duration>,
    /// Takes up what the request used.
    pub usage: Option<&'a Usage>,
}

/// How much a transaction sees of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Isolation {
    /// What was committed before each statement.
    ReadCommitted,
    /// What was committed before the first one.
    RepeatableRead,
    /// As if there were no others.
    Serializable,
}

impl Isolation {
    /// The isolation that PostgreSQL calls so.
    pub fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "read committed" | "read uncommitted" => Some(Self::ReadCommitted),
            "repeatable read" => Some(Self::RepeatableRead),
            "serializable" => Some(Self::Serializable),
            _ => None,
        }
    }

    /// Must come before the transaction reads anything, a setting made by a function included.
    fn statement(self) -> &'static str {
        match self {
            Self::ReadCommitted => "set transaction isolation level read committed",
            Self::RepeatableRead => "set transaction isolation level repeatable read",
            Self::Serializable => "set transaction isolation level serializable",
        }
    }
}

impl<'a> From<&Request<'a>> for Terms<'a> {
    fn from(request: &Request<'a>) -> Self {
        request.clone().into()
    }
}

impl<'a> From<Request<'a>> for Terms<'a> {
    fn from(request: Request<'a>) -> Self {
        let who = request.identity;
        let id = |value: Option<uuid::Uuid>| Cow::Owned(value.map(|id| id.to_string()).unwrap_or_default());
        let settings: [(&str, Cow<'_, str>); 12] = [
            ("role", who.db_role.into()),
            ("transaction_read_only", request.access.read_only().into()),
            ("statement_timeout", request.timeout_ms.to_string().into()),
            ("search_path", request.search_path.into()),
            ("timezone", request.timezone.unwrap_or("UTC").into()),
            ("request.jwt.claims", (&*who.claims).into()),
            ("rapport.user_id", id(who.user_id)),
            ("rapport.workspace_id", id(who.workspace_id)),
            ("rapport.workspace_role", who.workspace_role.unwrap_or_default().into()),
            ("request.method", request.method.into()),
            ("request.path", request.path.into()),
            ("request.headers", request.headers),
        ];
        Self {
            role: who.db_role.into(),
            isolation: None,
            settings: settings.into_iter().map(|(name, value)| (name.into(), value)).collect(),
            before: None,
            limit: (request.timeout_ms > 0).then(|| Duration::from_millis(u64::from(request.timeout_ms))),
            usage: request.usage,
        }
    }
}

impl Access {
    /// The value of `transaction_read_only`.
    pub fn read_only(self) -> &'static str {
        match self {
            Self::Read => "on",
            Self::Write => "off",
        }
    }
}

/// The calls that put the terms into force, kept alive while they are sent.
pub(super) struct Preface<'a> {
    terms: &'a Terms<'a>,
    sql: String,
    params: Vec<Option<Bytes>>,
}

impl<'a> Preface<'a> {
    pub(super) fn new(terms: &'a Terms<'a>) -> Self {
        let text = |value: &str| Some(Bytes::copy_from_slice(value.as_bytes()));
        let mut sql = String::with_capacity(16 + 32 * terms.settings.len());
        let mut params = Vec::with_capacity(2 * terms.settings.len());
        for (name, value) in &terms.settings {
            sql.push_str(if params.is_empty() { "select set_config($" } else { ", set_config($" });
            params.push(text(name));
            push_number(&mut sql, params.len());
            params.push(text(value));
            sql.push_str(", $");
            push_number(&mut sql, params.len());
            sql.push_str(", true)");
        }
        Self { terms, sql, params }
    }

    /// The calls in their order.
    pub(super) fn calls(&self) -> impl Iterator<Item = Call<'_>> {
        let isolation =
            self.terms.isolation.map(|isolation| Call { role: "", sql: isolation.statement(), params: &[] });
        let settings = (!self.params.is_empty()).then_some(Call { role: "", sql: &self.sql, params: &self.params });
        let before = self.terms.before.map(|sql| Call { role: &self.terms.role, sql, params: &[] });
        [isolation, settings, before].into_iter().flatten()
    }
}

fn push_number(sql: &mut String, number: usize) {
    use std::fmt::Write as _;
    // Writing to a string cannot fail.
    let _ = write!(sql, "{number}");
}
