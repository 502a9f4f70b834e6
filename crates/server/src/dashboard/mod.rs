//! The dashboard's figures.
//!
//! In: a caller. Out: one JSON value that PostgreSQL built under the caller's row policies.
//! Invariant: one statement, whose cost grows with the opportunities of a workspace and with nothing else.

use std::time::Instant;

use axum::Extension;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;

use crate::app::App;
use crate::http::error::{Code, Problem};
use crate::http::extract::Caller;
use crate::http::timing::Timing;
use crate::pg::{Access, PgError, Request, Statement, Usage};

/// The statement. $1 workspace, $2 user, $3 a time zone in the place of the workspace's own.
pub(crate) const METRICS: &str = include_str!("sql/metrics.sql");

/// `GET /api/dashboard/metrics`: pipeline, closed months, totals, the caller's tasks and what happened last.
pub async fn read_metrics(
    State(app): State<App>,
    Extension(timing): Extension<Timing>,
    caller: Caller,
) -> Result<Response, Problem> {
    let (started, usage) = (Instant::now(), Usage::default());
    let metrics = match metrics(&app, &caller, None, &usage).await {
        // Nothing checks a workspace's time zone when it is set; its months are then those of UTC.
        Err(error) if error.sqlstate() == Some("22023") => metrics(&app, &caller, Some("UTC"), &usage).await,
        other => other,
    };
    timing.add_database(started.elapsed(), &usage);
    match metrics? {
        Some(body) => Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response()),
        None => Err(Code::NotFound.into()),
    }
}

async fn metrics(
    app: &App,
    caller: &Caller,
    timezone: Option<&'static str>,
    usage: &Usage,
) -> Result<Option<Bytes>, PgError> {
    let Some(membership) = caller.membership else {
        return Ok(None);
    };
    let request = Request {
        identity: &caller.identity,
        access: Access::Read,
        method: "GET",
        path: "/api/dashboard/metrics",
        headers: "{}".into(),
        search_path: "public, extensions",
        timeout_ms: u32::try_from(app.config.database.statement_timeout.as_millis()).unwrap_or(u32::MAX),
        timezone: None,
        usage: Some(usage),
    };
    let params = [
        Some(Bytes::from(membership.workspace_id.to_string())),
        Some(Bytes::from(caller.user_id.to_string())),
        timezone.map(Bytes::from),
    ];
    let statement = Statement { name: "dashboard.metrics", sql: METRICS, params: &params };
    let rows = app.pg.run(&request, &[statement]).await?;
    Ok(rows.first().and_then(|rows| rows.rows.first()?.first()?.clone()))
}
