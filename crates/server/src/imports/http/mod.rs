//! `/api/imports`: the wizard's side of imports. The contract is `docs/imports.md`.
//!
//! In: callers with a workspace. Out: imports as JSON, problems as CSV.
//! Invariant: members touch their own imports only, curators any; every statement names the caller's workspace.

mod answer;
mod run;
mod upload;

use axum::Json as Answer;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value as Json, json};
use uuid::Uuid;

pub use run::{dry_run, run, undo};
pub use upload::create;

use super::check::Power;
use super::error::ImportError;
use super::fields::{Kind, Table};
use super::plan::Plan;
use super::store::{self, Import};
use super::{engine, problems, undo as log};
use crate::app::App;
use crate::http::body;
use crate::http::error::{Code, Problem};
use crate::http::extract::Caller;
use crate::members::Role;
use crate::sessions::Membership;

/// The most problems that are told as JSON.
const MOST_PROBLEMS: i64 = 1000;

/// The caller's workspace and role.
fn membership(caller: &Caller) -> Result<Membership, Problem> {
    caller.membership.ok_or_else(|| Problem::from(Code::Forbidden))
}

/// What the caller's role allows in a plan.
fn power(membership: Membership) -> Power {
    Power { may_invite: membership.role >= Role::Admin }
}

/// The import, if the caller may work with it.
async fn own_import(app: &App, caller: &Caller, id: Uuid) -> Result<(Membership, Import), Problem> {
    let here = membership(caller)?;
    let client = app.pg.system().await?;
    let import = store::load(&**client, here.workspace_id, id).await?;
    if import.created_by != Some(caller.user_id) && here.role < Role::Manager {
        return Err(Problem::new(Code::Forbidden, "This import belongs to somebody else"));
    }
    Ok((here, import))
}

/// `GET /api/imports/fields`: what a file can become.
pub async fn read_fields(State(app): State<App>, caller: Caller) -> Result<Answer<Json>, Problem> {
    let here = membership(&caller)?;
    let client = app.pg.system().await?;
    let stages = super::run::stages(&**client, here.workspace_id).await?;
    let tables: Vec<Json> = Table::ALL
        .iter()
        .map(|table| {
            let fields: Vec<Json> = table.fields().iter().map(|field| {
                let options = match field.kind {
                    Kind::Stage => json!(stages.iter().map(|s| json!({"key": s.key, "label": s.name})).collect::<Vec<_>>()),
                    Kind::Choice(options) => {
                        json!(options.iter().map(|(key, label)| json!({"key": key, "label": label})).collect::<Vec<_>>())
                    }
                    _ => Json::Null,
                };
                let link = match field.kind {
                    Kind::Link(to) => Json::from(to.name()),
                    _ => Json::Null,
                };
                json!({"field": field.name, "label": field.label, "type": field.kind.key(), "required": table.requires(field),
                    "link": link, "options": options})
            }).collect();
            json!({"table": table.name(), "label": table.label(), "custom_fields": table.has_custom_fields(), "fields": fields})
        })
        .collect();
    Ok(Answer(json!({ "tables": tables })))
}

/// `GET /api/imports`: the newest imports, in short.
pub async fn list(State(app): State<App>, caller: Caller) -> Result<Answer<Json>, Problem> {
    let here = membership(&caller)?;
    let client = app.pg.system().await?;
    let imports = store::list(&**client, here.workspace_id).await?;
    Ok(Answer(json!({ "imports": imports.iter().map(answer::short).collect::<Vec<_>>() })))
}

/// `GET /api/imports/{id}`: one import, whole.
pub async fn read(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<Answer<Json>, Problem> {
    let (here, import) = own_import(&app, &caller, id).await?;
    Ok(Answer(answer::whole(&app, here, import).await?))
}

/// `PUT /api/imports/{id}/plan`: another plan.
pub async fn save_plan(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    body::Json(plan): body::Json<Json>,
) -> Result<Answer<Json>, Problem> {
    let (here, import) = own_import(&app, &caller, id).await?;
    let plan: Plan = serde_json::from_value(plan)
        .map_err(|error| Problem::invalid("plan", format!("The plan cannot be read: {error}")))?;
    engine::questions(&app.pg, here.workspace_id, power(here), &import.files, &plan).await?;
    let client = app.pg.system().await?;
    store::save_plan(&**client, here.workspace_id, id, &plan).await?;
    let import = store::load(&**client, here.workspace_id, id).await?;
    drop(client);
    Ok(Answer(answer::whole(&app, here, import).await?))
}

/// `DELETE /api/imports/{id}`: forgets an import that left nothing behind, and its files.
pub async fn delete(State(app): State<App>, caller: Caller, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    let (here, _) = own_import(&app, &caller, id).await?;
    let client = app.pg.system().await?;
    store::delete(&**client, here.workspace_id, id).await?;
    upload::remove_files(&app, id).await;
    Ok(StatusCode::NO_CONTENT)
}

/// `GET /api/imports/{id}/undo`: what an undo would take back.
pub async fn preview_undo(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Answer<log::Preview>, Problem> {
    let (here, _) = own_import(&app, &caller, id).await?;
    let client = app.pg.system().await?;
    Ok(Answer(log::preview(&**client, here.workspace_id, id).await?))
}

/// How many problems are wanted.
#[derive(Debug, Deserialize)]
pub struct Most {
    limit: Option<i64>,
}

/// `GET /api/imports/{id}/problems`: rows that need looking at.
pub async fn read_problems(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(most): Query<Most>,
) -> Result<Answer<Json>, Problem> {
    let (here, _) = own_import(&app, &caller, id).await?;
    let most = most.limit.unwrap_or(100).clamp(0, MOST_PROBLEMS);
    let client = app.pg.system().await?;
    let found = problems::list(&**client, here.workspace_id, id, most).await?;
    Ok(Answer(json!({ "problems": found })))
}

/// `GET /api/imports/{id}/problems.csv`: the same to download, whole.
pub async fn download_problems(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Problem> {
    let (here, import) = own_import(&app, &caller, id).await?;
    let client = app.pg.system().await?;
    let found = problems::list(&**client, here.workspace_id, id, i64::MAX).await?;
    let csv = problems::to_csv(&found, &import.files)?;
    let mut response = csv.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"problems.csv\""));
    Ok(response)
}

impl From<ImportError> for Problem {
    fn from(error: ImportError) -> Self {
        let text = error.to_string();
        match error {
            ImportError::File { .. } => Self::invalid("files", text),
            ImportError::Plan { field, message } => Self::invalid(field, message),
            ImportError::OpenQuestion { field, message } => Self::new(Code::OpenQuestions, message).with_field(field),
            ImportError::Conflict(_) => Self::new(Code::Conflict, text),
            ImportError::EditedSince { .. } => Self::new(Code::EditedSince, text).with_field("edited"),
            ImportError::Forbidden(_) => Self::new(Code::Forbidden, text),
            ImportError::NotFound => Self::new(Code::NotFound, "There is no such import"),
            ImportError::Unavailable(error) => error.into(),
            ImportError::Database(error) => error.into(),
            other => Self::internal(other),
        }
    }
}
