//! The `Prefer` headers: `return=representation, count=exact`.
//!
//! In: the values of all `Prefer` headers, and the time zones that there are.
//! Out: a [`Prefer`], and later the `Preference-Applied` header.
//! Invariant: the first occurrence of a preference wins.

use std::collections::BTreeSet;

use crate::error::QueryError;

/// What a caller prefers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prefer {
    /// What a write answers with.
    pub returns: Option<Return>,
    /// How the total is found.
    pub count: Option<CountKind>,
    /// What an insert does with rows that are there already.
    pub resolution: Option<Resolution>,
    /// What keys that an object lacks become.
    pub missing: Option<Missing>,
    /// Whether unknown preferences are refused.
    pub handling: Option<Handling>,
    /// The most rows a write may touch; only set under `handling=strict`.
    pub max_affected: Option<u64>,
    /// Commit or roll back at the end.
    pub tx: Option<Tx>,
    /// The time zone of the answer.
    pub timezone: Option<String>,
}

/// `return=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Return {
    /// The rows.
    Representation,
    /// Nothing.
    Minimal,
    /// Where the row is.
    HeadersOnly,
}

/// `count=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountKind {
    /// Count every row.
    Exact,
    /// What the planner believes.
    Planned,
    /// Exact while it is small, planned from there.
    Estimated,
}

/// `resolution=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// Update the row that is there.
    MergeDuplicates,
    /// Leave the row that is there.
    IgnoreDuplicates,
}

/// `missing=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// The column's default.
    Default,
    /// Null.
    Null,
}

/// `handling=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// Refuse unknown preferences.
    Strict,
    /// Ignore them.
    Lenient,
}

/// `tx=`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tx {
    /// Keep what was done.
    Commit,
    /// Take it back.
    Rollback,
}

impl Return {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Representation => "return=representation",
            Self::Minimal => "return=minimal",
            Self::HeadersOnly => "return=headers-only",
        }
    }
}

impl CountKind {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Exact => "count=exact",
            Self::Planned => "count=planned",
            Self::Estimated => "count=estimated",
        }
    }
}

impl Resolution {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::MergeDuplicates => "resolution=merge-duplicates",
            Self::IgnoreDuplicates => "resolution=ignore-duplicates",
        }
    }
}

impl Missing {
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Default => "missing=default",
            Self::Null => "missing=null",
        }
    }
}

/// Parses the values of all `Prefer` headers; unknown ones are an error only under `handling=strict`.
/// `zones` are the names that `timezone=` may say.
pub fn parse(headers: &[&str], zones: &BTreeSet<String>) -> Result<Prefer, QueryError> {
    let mut prefer = Prefer::default();
    let mut max_affected = None;
    let mut invalid = Vec::new();
    for preference in headers.iter().flat_map(|header| header.split(',')).map(str::trim).filter(|text| !text.is_empty())
    {
        let (name, value) =
            preference.split_once('=').map_or((preference, ""), |(n, v)| (n.trim_end(), v.trim_start()));
        let known = match (name, value) {
            ("return", "representation") => first(&mut prefer.returns, Return::Representation),
            ("return", "minimal") => first(&mut prefer.returns, Return::Minimal),
            ("return", "headers-only") => first(&mut prefer.returns, Return::HeadersOnly),
            ("count", "exact") => first(&mut prefer.count, CountKind::Exact),
            ("count", "planned") => first(&mut prefer.count, CountKind::Planned),
            ("count", "estimated") => first(&mut prefer.count, CountKind::Estimated),
            ("resolution", "merge-duplicates") => first(&mut prefer.resolution, Resolution::MergeDuplicates),
            ("resolution", "ignore-duplicates") => first(&mut prefer.resolution, Resolution::IgnoreDuplicates),
            ("missing", "default") => first(&mut prefer.missing, Missing::Default),
            ("missing", "null") => first(&mut prefer.missing, Missing::Null),
            ("handling", "strict") => first(&mut prefer.handling, Handling::Strict),
            ("handling", "lenient") => first(&mut prefer.handling, Handling::Lenient),
            ("tx", "commit") => first(&mut prefer.tx, Tx::Commit),
            ("tx", "rollback") => first(&mut prefer.tx, Tx::Rollback),
            ("timezone", zone) if zones.contains(zone) => first(&mut prefer.timezone, zone.to_owned()),
            ("max-affected", rows) => match rows.parse() {
                Ok(rows) => first(&mut max_affected, rows),
                Err(_) => false,
            },
            _ => false,
        };
        if !known {
            invalid.push(preference.to_owned());
        }
    }
    if prefer.handling == Some(Handling::Strict) {
        if !invalid.is_empty() {
            return Err(QueryError::preferences(&invalid));
        }
        prefer.max_affected = max_affected;
    }
    Ok(prefer)
}

/// Sets the value unless one is there; the preference is known either way.
fn first<T>(slot: &mut Option<T>, value: T) -> bool {
    slot.get_or_insert(value);
    true
}

/// Which kind of request the preferences belong to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Read,
    /// Whether rows that are there already are dealt with as was preferred.
    Insert {
        resolves: bool,
    },
    Update,
    Delete,
    Put,
    Call,
}

impl Prefer {
    /// The `Preference-Applied` header; empty when nothing was applied.
    pub(crate) fn applied(&self, verb: Verb) -> String {
        let returns = !matches!(verb, Verb::Read | Verb::Call);
        let may_miss = matches!(verb, Verb::Insert { .. } | Verb::Update);
        let limits = matches!(verb, Verb::Update | Verb::Delete | Verb::Call);
        let handling = self.handling.map(|handling| match handling {
            Handling::Strict => "handling=strict",
            Handling::Lenient => "handling=lenient",
        });
        let tx = self.tx.map(|tx| match tx {
            Tx::Commit => "tx=commit",
            Tx::Rollback => "tx=rollback",
        });
        let texts = [
            self.resolution.filter(|_| verb == Verb::Insert { resolves: true }).map(Resolution::text),
            self.missing.filter(|_| may_miss).map(Missing::text),
            self.returns.filter(|_| returns).map(Return::text),
            self.count.map(CountKind::text),
            tx,
            handling,
        ];
        let mut applied = texts.into_iter().flatten().map(str::to_owned).collect::<Vec<_>>();
        applied.extend(self.timezone.iter().map(|zone| format!("timezone={zone}")));
        applied.extend(self.max_affected.filter(|_| limits).map(|rows| format!("max-affected={rows}")));
        applied.join(", ")
    }
}
