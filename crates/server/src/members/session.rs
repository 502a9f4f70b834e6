//! `/api/session`: who is signed in, where, and as what.
//!
//! In: a caller. Out: JSON that PostgreSQL built.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use uuid::Uuid;

use crate::app::App;
use crate::http::body::Json;
use crate::http::error::{Code, Problem};
use crate::http::extract::Caller;
use crate::realtime::Signal;

const SESSION: &str = include_str!("sql/session.sql");
const CHOOSE_WORKSPACE: &str = include_str!("sql/choose_workspace.sql");

/// `GET /api/session`: the caller's user, workspace, role and memberships.
pub async fn read_session(State(app): State<App>, caller: Caller) -> Result<Response, Problem> {
    let Some(membership) = caller.membership else {
        return Err(Problem::new(Code::Forbidden, "You belong to no workspace"));
    };
    session_json(&app, caller.user_id, membership.workspace_id).await
}

/// The workspace to work in.
#[derive(Debug, Deserialize)]
pub struct Choice {
    workspace_id: Uuid,
}

/// `PUT /api/session`: opens another of the caller's workspaces.
pub async fn choose_workspace(
    State(app): State<App>,
    caller: Caller,
    Json(choice): Json<Choice>,
) -> Result<Response, Problem> {
    let client = app.pg.system().await?;
    let chosen = client.query_opt(CHOOSE_WORKSPACE, &[&caller.user_id, &choice.workspace_id]).await?;
    if chosen.is_none() {
        return Err(Problem::invalid("workspace_id", "You do not belong to this workspace"));
    }
    drop(client);
    app.sessions.forget_user(caller.user_id);
    // Open channels move along; the change stream does not carry this choice.
    app.realtime.signal(Signal::User(caller.user_id));
    session_json(&app, caller.user_id, choice.workspace_id).await
}

async fn session_json(app: &App, user_id: Uuid, workspace_id: Uuid) -> Result<Response, Problem> {
    let client = app.pg.system().await?;
    let statement = client.prepare_cached(SESSION).await?;
    match client.query_opt(&statement, &[&user_id, &workspace_id]).await? {
        Some(row) => {
            let body: String = row.try_get(0)?;
            Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
        }
        None => Err(Code::NotFound.into()),
    }
}
