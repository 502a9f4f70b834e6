//! `POST /auth/v1/logout`: sessions end.

use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;
use uuid::Uuid;

use super::error::{AuthError, Code};
use crate::app::App;
use crate::http::extract::Caller;

const END_SESSION: &str = include_str!("sql/end_session.sql");
const END_ALL_SESSIONS: &str = include_str!("sql/end_all_sessions.sql");

/// Which sessions end.
#[derive(Debug, Deserialize)]
pub struct Scope {
    scope: Option<String>,
}

/// `POST /auth/v1/logout?scope=global|local|others`: all of the user's sessions, this one, or all others.
pub async fn sign_out(
    State(app): State<App>,
    caller: Caller,
    Query(scope): Query<Scope>,
) -> Result<StatusCode, AuthError> {
    let client = app.pg.system().await?;
    let ended = match scope.scope.as_deref().unwrap_or("global") {
        "local" => {
            let statement = client.prepare_cached(END_SESSION).await?;
            client.query(&statement, &[&caller.session_id]).await?
        }
        kind @ ("global" | "others") => {
            let kept = (kind == "others").then_some(caller.session_id);
            let statement = client.prepare_cached(END_ALL_SESSIONS).await?;
            client.query(&statement, &[&caller.user_id, &kept]).await?
        }
        other => return Err(AuthError::new(Code::ValidationFailed, format!("Unsupported logout scope {other:?}"))),
    };
    for row in ended {
        app.sessions.forget_session(row.try_get::<_, Uuid>(0)?);
    }
    Ok(StatusCode::NO_CONTENT)
}
