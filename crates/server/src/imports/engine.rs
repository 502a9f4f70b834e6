//! The import engine as the HTTP routes and the command line use it: prepare, run, undo.
//!
//! In: paths of files, a plan, the database. Out: a draft with open questions; a summary; progress.
//! Invariant: what is stored about a run changes in the run's own transaction, so state and records cannot disagree.

use std::path::PathBuf;
use std::time::Duration;

use tokio::sync::watch;
use uuid::Uuid;

use super::check::{Power, check};
use super::error::ImportError;
use super::guess::{Context, guess};
use super::plan::{Plan, Question};
use super::read::{FileFacts, examine};
use super::run::{self, Job, Progress, Reporter, Summary};
use super::{store, undo};
use crate::pg::Pg;

/// A file as it came in: where it is, and what the user calls it.
#[derive(Debug, Clone)]
pub struct Upload {
    /// Where it is.
    pub path: PathBuf,
    /// What the user calls it.
    pub name: String,
}

/// Reads the files and proposes a plan.
pub async fn prepare(
    pg: &Pg,
    workspace_id: Uuid,
    power: Power,
    uploads: Vec<Upload>,
) -> Result<(Vec<FileFacts>, Plan), ImportError> {
    let examined = tokio::task::spawn_blocking(move || {
        uploads.iter().map(|upload| examine(&upload.path, &upload.name)).collect::<Result<Vec<_>, _>>()
    });
    let files = examined.await.map_err(|_| ImportError::Stopped)??;
    let client = pg.system().await?;
    let stages = run::stages(&**client, workspace_id).await?;
    let remembered = store::remembered(&**client, workspace_id).await?;
    let context = Context { stages: &stages, remembered: &remembered, may_invite: power.may_invite };
    let plan = guess(&files, &context);
    Ok((files, plan))
}

/// What is still open in a plan; the first wrong field is an error.
pub async fn questions(
    pg: &Pg,
    workspace_id: Uuid,
    power: Power,
    files: &[FileFacts],
    plan: &Plan,
) -> Result<Vec<Question>, ImportError> {
    let client = pg.system().await?;
    let stages = run::stages(&**client, workspace_id).await?;
    check(plan, files, &stages, power)
}

/// Refuses a plan that leaves something open.
pub fn refuse_open(questions: &[Question]) -> Result<(), ImportError> {
    match questions.first() {
        None => Ok(()),
        Some(question) => {
            Err(ImportError::OpenQuestion { field: question.field.clone(), message: question.message.clone() })
        }
    }
}

/// Carries out a claimed job and records how it ended; whatever happens, nothing half-written remains.
pub async fn carry_out(pg: &Pg, job: &Job, reporter: &Reporter) -> Result<Summary, ImportError> {
    let result = attempt(pg, job, reporter).await;
    if let Err(error) = &result {
        let client = pg.system().await?;
        store::fail(&**client, job.workspace_id, job.import_id, &error.chain()).await?;
    }
    result
}

async fn attempt(pg: &Pg, job: &Job, reporter: &Reporter) -> Result<Summary, ImportError> {
    let mut client = pg.system().await?;
    let stages = run::stages(&**client, job.workspace_id).await?;
    let transaction = client.transaction().await?;
    store::clear_problems(&*transaction, job.workspace_id, job.import_id).await?;
    let (mut summary, problems) = run::execute(&transaction, &stages, job, reporter).await?;
    summary.seconds = reporter.seconds();
    let files: Vec<FileFacts> = job.files.iter().map(|file| file.facts.clone()).collect();
    if job.dry_run {
        transaction.rollback().await?;
        store::keep_problems(&**client, job.workspace_id, job.import_id, &files, &problems).await?;
        store::finish(&**client, job.workspace_id, job.import_id, &summary).await?;
    } else {
        store::remember(&*transaction, job.workspace_id, &files, &job.plan).await?;
        store::finish(&*transaction, job.workspace_id, job.import_id, &summary).await?;
        transaction.commit().await?;
    }
    Ok(summary)
}

/// Takes a claimed import back.
pub async fn take_back(
    pg: &Pg,
    workspace_id: Uuid,
    user_id: Option<Uuid>,
    import_id: Uuid,
    edited: undo::Edited,
    reporter: &Reporter,
) -> Result<(), ImportError> {
    let result = async {
        let mut client = pg.system().await?;
        let transaction = client.transaction().await?;
        undo::execute(&transaction, workspace_id, user_id, import_id, edited, reporter).await?;
        store::undone(&*transaction, workspace_id, import_id).await?;
        transaction.commit().await?;
        Ok(())
    }
    .await;
    if let Err(error) = &result {
        let error: &ImportError = error;
        let client = pg.system().await?;
        store::fail(&**client, workspace_id, import_id, &error.chain()).await?;
    }
    result
}

/// Writes progress into the import's row, four times a second at most, until the reporter is gone.
pub async fn publish_progress(pg: Pg, workspace_id: Uuid, import_id: Uuid, mut progress: watch::Receiver<Progress>) {
    while progress.changed().await.is_ok() {
        let latest = progress.borrow_and_update().clone();
        // Progress is a courtesy: a run does not fail because it could not be told.
        if let Ok(client) = pg.system().await {
            let _ = store::report(&**client, workspace_id, import_id, &latest).await;
        }
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
}
