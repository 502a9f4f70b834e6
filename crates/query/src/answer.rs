//! From the row that a plan's statement gave to status, headers and body.
//!
//! In: a [`Plan`] and its [`ResultRow`].
//! Out: an [`Answer`], or the error that undoes the request.
//! Invariant: the body is passed through as the database made it.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::error::QueryError;
use crate::plan::{Count, Plan};
use crate::request::prefer::CountKind;

/// The one row that every plan's statement gives.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ResultRow<'a> {
    /// `total_result_set`: every row that matches, when counted.
    pub total_result_set: Option<u64>,
    /// `page_total`: rows in the body.
    pub page_total: u64,
    /// `body`: null when none is sent.
    pub body: Option<&'a [u8]>,
    /// `response_headers`: what a function has set, JSON.
    pub response_headers: Option<&'a str>,
    /// `response_status`: what a function has set.
    pub response_status: Option<&'a str>,
    /// `inserted`: rows that an upsert has added.
    pub inserted: Option<u64>,
    /// `location`: the key of a new row, as JSON: `[["id","7"]]`.
    pub location: Option<&'a str>,
}

impl<'a> ResultRow<'a> {
    /// Reads the seven columns, the body where the plan says and the others in their order; `None` if they are not what
    /// a plan's statement gives.
    pub fn read(columns: &[Option<&'a [u8]>], body_column: usize) -> Option<Self> {
        let body = *columns.get(body_column)?;
        let others = columns.iter().enumerate().filter(|(place, _)| *place != body_column);
        let others: Vec<Option<&[u8]>> = others.map(|(_, column)| *column).collect();
        let &[total, page, headers, status, inserted, location] = others.as_slice() else { return None };
        let number = |value: Option<&[u8]>| std::str::from_utf8(value?).ok()?.parse().ok();
        let text = |value: Option<&'a [u8]>| std::str::from_utf8(value?).ok().filter(|text| !text.is_empty());
        Some(Self {
            total_result_set: number(total),
            page_total: number(page)?,
            body,
            response_headers: text(headers),
            response_status: text(status),
            inserted: number(inserted),
            location: text(location),
        })
    }
}

/// What to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// What the body is.
    pub body: Body,
    /// `Content-Range`.
    pub content_range: String,
    /// `Content-Location`.
    pub content_location: Option<String>,
    /// `Location` of a new row.
    pub location: Option<String>,
    /// `Preference-Applied`; empty when there is nothing to say.
    pub preference_applied: String,
    /// Headers that a function has set.
    pub headers: Vec<(String, String)>,
    /// Must the transaction be rolled back although nothing is wrong (`tx=rollback`).
    pub roll_back: bool,
}

/// What the body of an answer is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// There is none.
    Empty,
    /// The row's `body`, of this content type. For HEAD: the type alone.
    Row {
        /// The content type.
        content_type: Cow<'static, str>,
    },
}

/// What a plan remembers for its answer.
#[derive(Debug, Clone)]
pub(crate) struct AnswerPlan {
    pub kind: Kind,
    /// The `Content-Type` of the body.
    pub content_type: Cow<'static, str>,
    /// Exactly one row must come.
    pub single: bool,
    /// Is a body sent.
    pub body: bool,
    /// Rows skipped.
    pub offset: u64,
    /// The most rows of the page.
    pub limit: Option<u64>,
    pub max_affected: Option<u64>,
    pub roll_back: bool,
    pub applied: String,
    pub content_location: Option<String>,
    /// The path that a new row's query string is put behind.
    pub location: Option<String>,
}

/// What kind of request is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Read,
    Insert,
    Upsert,
    Update,
    Delete,
    Put,
    /// A function; `void` has no body.
    Call {
        void: bool,
    },
}

impl Plan {
    /// Judges the row that the statement gave; `explain` is what the count's statement gave.
    pub fn answer(&self, row: &ResultRow<'_>, explain: Option<&str>) -> Result<Answer, QueryError> {
        let plan = &self.answer;
        if let Some(most) = plan.max_affected
            && row.page_total > most
        {
            return Err(QueryError::too_many_affected(row.page_total));
        }
        if plan.single && row.page_total != 1 {
            return Err(QueryError::not_one_row(row.page_total));
        }
        if plan.kind == Kind::Put && row.page_total != 1 {
            return Err(QueryError::put_payload());
        }
        let total = self.total(row, explain);
        let (status, content_range) = match plan.kind {
            Kind::Read | Kind::Call { void: false } => {
                let status = read_status(plan.offset, row.page_total, total)?;
                (status, range(plan.offset, row.page_total, total))
            }
            Kind::Call { void: true } => (204, range(0, row.page_total, total)),
            Kind::Insert => (201, range(0, 0, total)),
            Kind::Upsert => (if row.inserted.unwrap_or(0) == 0 { 200 } else { 201 }, range(0, 0, total)),
            Kind::Update => (if plan.body { 200 } else { 204 }, range(0, row.page_total, total)),
            Kind::Delete => (if plan.body { 200 } else { 204 }, range(0, 0, total)),
            Kind::Put => {
                let status = match (plan.body, row.inserted.unwrap_or(0)) {
                    (false, _) => 204,
                    (true, 0) => 200,
                    (true, _) => 201,
                };
                (status, range(0, 0, total))
            }
        };
        Ok(Answer {
            status: response_status(row)?.unwrap_or(status),
            body: if plan.body || matches!(plan.kind, Kind::Read | Kind::Call { void: false }) {
                Body::Row { content_type: plan.content_type.clone() }
            } else {
                Body::Empty
            },
            content_range,
            content_location: plan.content_location.clone(),
            location: plan.location.as_deref().and_then(|path| location(path, row.location?)),
            preference_applied: self.applied(row),
            headers: response_headers(row)?,
            roll_back: plan.roll_back,
        })
    }

    /// The head of the answer that shows how the statement would run.
    pub fn answer_plan(&self) -> Answer {
        Answer {
            status: 200,
            body: Body::Row { content_type: self.answer.content_type.clone() },
            content_range: String::new(),
            content_location: None,
            location: None,
            preference_applied: String::new(),
            headers: Vec::new(),
            roll_back: self.answer.roll_back,
        }
    }

    /// The total that `Content-Range` tells.
    fn total(&self, row: &ResultRow<'_>, explain: Option<&str>) -> Option<u64> {
        match self.count.as_ref()? {
            Count::Exact => row.total_result_set.or(Some(row.page_total)),
            Count::Planned { corrected: false, .. } => explain.and_then(planned_rows),
            Count::Planned { corrected: true, .. } => {
                row.total_result_set.or_else(|| self.seen_to_the_end(row)).or_else(|| {
                    let seen = self.answer.offset.saturating_add(row.page_total);
                    explain.and_then(planned_rows).map(|planned| planned.max(seen))
                })
            }
            Count::Estimated { ceiling, .. } => {
                let counted = row.total_result_set?;
                // Beyond the ceiling only a statement narrowed by a probe counts, and that one counts exactly.
                if ceiling.is_some_and(|ceiling| counted != ceiling) {
                    return Some(counted);
                }
                let seen = self.answer.offset.saturating_add(row.page_total);
                explain.and_then(planned_rows).max(Some(counted.max(seen)))
            }
        }
    }

    /// `Preference-Applied`. An exact count that went beyond what is allowed is an estimate, and says so.
    fn applied(&self, row: &ResultRow<'_>) -> String {
        let AnswerPlan { applied, .. } = &self.answer;
        match self.count {
            Some(Count::Estimated { ceiling: Some(ceiling), .. }) if row.total_result_set == Some(ceiling) => {
                applied.replace(CountKind::Exact.text(), CountKind::Estimated.text())
            }
            _ => applied.clone(),
        }
    }
}

impl Plan {
    /// The total, if the page shows where the rows end: the planner need not be asked then.
    fn seen_to_the_end(&self, row: &ResultRow<'_>) -> Option<u64> {
        let AnswerPlan { offset, limit, .. } = self.answer;
        let is_last = limit.is_none_or(|limit| row.page_total < limit) && (row.page_total > 0 || offset == 0);
        is_last.then(|| offset.saturating_add(row.page_total))
    }
}

fn read_status(offset: u64, rows: u64, total: Option<u64>) -> Result<u16, QueryError> {
    match total {
        Some(total) if offset > total => Err(QueryError::offset(offset, total)),
        Some(total) if rows < total => Ok(206),
        _ => Ok(200),
    }
}

/// `0-9/57`, `*/*`.
fn range(offset: u64, rows: u64, total: Option<u64>) -> String {
    let part = match rows.checked_sub(1) {
        Some(more) => format!("{offset}-{}", offset.saturating_add(more)),
        None => String::from("*"),
    };
    match total {
        Some(total) => format!("{part}/{total}"),
        None => format!("{part}/*"),
    }
}

/// The planner's row estimate in `explain (format json)`: the first one is the root's.
fn planned_rows(explain: &str) -> Option<u64> {
    let plan: serde_json::Value = serde_json::from_str(explain).ok()?;
    plan.pointer("/0/Plan/Plan Rows")?.as_u64()
}

fn response_status(row: &ResultRow<'_>) -> Result<Option<u16>, QueryError> {
    let Some(text) = row.response_status else { return Ok(None) };
    match text.parse() {
        Ok(status @ 100..=599) => Ok(Some(status)),
        _ => Err(QueryError::response_status()),
    }
}

fn response_headers(row: &ResultRow<'_>) -> Result<Vec<(String, String)>, QueryError> {
    let Some(text) = row.response_headers else { return Ok(Vec::new()) };
    let list: Vec<std::collections::BTreeMap<String, String>> =
        serde_json::from_str(text).map_err(|_| QueryError::response_headers())?;
    Ok(list.into_iter().flatten().collect())
}

/// `/contacts?id=eq.7`: where the row with this key is.
fn location(path: &str, key: &str) -> Option<String> {
    let key: Vec<(String, Option<String>)> = serde_json::from_str(key).ok()?;
    let conditions = key.iter().map(|(name, value)| {
        let condition = value.as_ref().map_or(String::from("is.null"), |value| format!("eq.{value}"));
        format!("{}={}", percent_encoded(name), percent_encoded(&condition))
    });
    Some(format!("{path}?{}", conditions.collect::<Vec<_>>().join("&")))
}

/// Every byte that means something in a query string, or is none of ASCII, as `%` and two digits.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => encoded.push(char::from(byte)),
            other => {
                let _ = write!(encoded, "%{other:02X}");
            }
        }
    }
    encoded
}

/// `/contacts?limit=10&select=id`: the parameters, sorted.
pub(crate) fn content_location(relation: &str, query: &str) -> String {
    let mut pairs: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty()).collect();
    pairs.sort_unstable();
    if pairs.is_empty() { format!("/{relation}") } else { format!("/{relation}?{}", pairs.join("&")) }
}
