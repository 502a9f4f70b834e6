//! Starting a run, a dry run, an undo.
//!
//! In: an import in the right state. Out: 202, and a task that carries it out.
//! Invariant: the state is claimed before the answer, so nothing starts twice; a task that the server's end cuts off
//! leaves nothing, and [`store::recover`] says so at the next start.

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value as Json;
use uuid::Uuid;

use super::{answer, own_import, power, upload};
use crate::app::App;
use crate::http::body;
use crate::http::error::Problem;
use crate::http::extract::Caller;
use crate::imports::engine;
use crate::imports::error::ImportError;
use crate::imports::run::{Job, JobFile, Reporter};
use crate::imports::store;
use crate::imports::undo::{self as log, Edited};

/// `POST /api/imports/{id}/dry-run`: everything but the commit.
pub async fn dry_run(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, Answer<Json>), Problem> {
    start(app, caller, id, true).await
}

/// `POST /api/imports/{id}/run`: the import itself.
pub async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<(StatusCode, Answer<Json>), Problem> {
    start(app, caller, id, false).await
}

async fn start(app: App, caller: Caller, id: Uuid, dry_run: bool) -> Result<(StatusCode, Answer<Json>), Problem> {
    let (here, import) = own_import(&app, &caller, id).await?;
    let questions = engine::questions(&app.pg, here.workspace_id, power(here), &import.files, &import.plan).await?;
    engine::refuse_open(&questions)?;
    let client = app.pg.system().await?;
    store::claim(&**client, here.workspace_id, id, &["draft", "failed"], "running").await?;
    let claimed = store::load(&**client, here.workspace_id, id).await?;
    drop(client);
    let files = import.files.into_iter().enumerate();
    let job = Job {
        workspace_id: here.workspace_id,
        user_id: Some(caller.user_id),
        import_id: id,
        files: files.map(|(file, facts)| JobFile { path: upload::path(&app, id, file), facts }).collect(),
        plan: import.plan,
        dry_run,
    };
    let task = app.clone();
    tokio::spawn(async move {
        let (reporter, progress) = Reporter::new();
        tokio::spawn(engine::publish_progress(task.pg.clone(), job.workspace_id, id, progress));
        match engine::carry_out(&task.pg, &job, &reporter).await {
            Ok(summary) => {
                tracing::info!(import = %id, dry_run, seconds = summary.seconds, refused = summary.refused, "import ended");
                if !dry_run {
                    upload::remove_files(&task, id).await;
                }
            }
            Err(error) => tracing::error!(import = %id, dry_run, error = error.chain(), "import failed"),
        }
    });
    Ok((StatusCode::ACCEPTED, Answer(answer::whole(&app, here, claimed).await?)))
}

/// What to do with rows that were edited since.
#[derive(Debug, Deserialize)]
pub struct UndoRequest {
    edited: Option<Edited>,
}

/// `POST /api/imports/{id}/undo`: takes the import back.
pub async fn undo(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<Uuid>,
    body::Json(wish): body::Json<UndoRequest>,
) -> Result<(StatusCode, Answer<Json>), Problem> {
    let (here, _) = own_import(&app, &caller, id).await?;
    let client = app.pg.system().await?;
    let edited = match wish.edited {
        Some(edited) => edited,
        None => {
            let rows = log::preview(&**client, here.workspace_id, id).await?.edited();
            if rows > 0 {
                return Err(ImportError::EditedSince { rows }.into());
            }
            Edited::Keep
        }
    };
    store::claim(&**client, here.workspace_id, id, &["done"], "undoing").await?;
    let claimed = store::load(&**client, here.workspace_id, id).await?;
    drop(client);
    let (pg, workspace_id, user_id) = (app.pg.clone(), here.workspace_id, Some(caller.user_id));
    tokio::spawn(async move {
        let (reporter, progress) = Reporter::new();
        tokio::spawn(engine::publish_progress(pg.clone(), workspace_id, id, progress));
        match engine::take_back(&pg, workspace_id, user_id, id, edited, &reporter).await {
            Ok(()) => tracing::info!(import = %id, "import taken back"),
            Err(error) => tracing::error!(import = %id, error = error.chain(), "import could not be taken back"),
        }
    });
    Ok((StatusCode::ACCEPTED, Answer(answer::whole(&app, here, claimed).await?)))
}
