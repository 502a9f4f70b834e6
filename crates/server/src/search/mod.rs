//! One search over all kinds of records.
//!
//! In: a caller and a few letters, words or digits. Out: the records that hold them, best first, as PostgreSQL built the JSON.
//! Invariant: one statement; candidates come from indexes below row-level security as ids, what is shown is read under it.

mod terms;

use std::time::Instant;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::app::App;
use crate::http::error::Problem;
use crate::http::extract::Caller;
use crate::http::timing::Timing;
use crate::pg::{Access, Request, Statement, Usage};
pub(crate) use terms::Terms;

/// The statement; its parameters are those of [`Terms::params`].
pub(crate) const RECORDS: &str = include_str!("sql/records.sql");

/// `GET /api/search?q=…&limit=…&types=…`: records of every kind that hold every word.
pub async fn read_hits(
    State(app): State<App>,
    Extension(timing): Extension<Timing>,
    caller: Caller,
    Query(parameters): Query<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let terms = Terms::read(&parameters)?;
    let (started, usage) = (Instant::now(), Usage::default());
    let request = Request {
        identity: &caller.identity,
        access: Access::Read,
        method: "GET",
        path: "/api/search",
        headers: "{}".into(),
        search_path: "public, extensions",
        timeout_ms: u32::try_from(app.config.database.statement_timeout.as_millis()).unwrap_or(u32::MAX),
        timezone: None,
        usage: Some(&usage),
    };
    let params = terms.params().map(|text| Some(Bytes::from(text)));
    let statement = Statement { name: "search.records", sql: RECORDS, params: &params };
    let rows = app.pg.run(&request, &[statement]).await;
    timing.add_database(started.elapsed(), &usage);
    let hits = rows?.first().and_then(|rows| rows.rows.first()?.first()?.clone()).unwrap_or_default();
    let body = [Bytes::from_static(b"{\"hits\":"), hits, Bytes::from_static(b"}")].concat();
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}
