//! Imports as the database keeps them.
//!
//! In: ids, plans, summaries. Out: [`Import`].
//! Invariant: a state changes only from a state that allows it, in one statement, so two callers cannot both start a run.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value as Json, json};
use tokio_postgres::GenericClient;
use tokio_postgres::Row;
use uuid::Uuid;

use super::error::ImportError;
use super::guess::header_hash;
use super::plan::{FilePlan, Plan};
use super::read::FileFacts;
use super::run::{FoundProblem, Progress, Summary};

/// An import.
#[derive(Debug, Clone, Serialize)]
pub struct Import {
    /// Its id.
    pub id: Uuid,
    /// draft, running, done, failed, undoing, undone.
    pub state: String,
    /// Why it failed.
    pub error: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom; nobody on the command line.
    pub created_by: Option<Uuid>,
    /// Their name.
    pub created_by_name: Option<String>,
    /// When its run began.
    pub started_at: Option<DateTime<Utc>>,
    /// When its run ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub undone_at: Option<DateTime<Utc>>,
    /// What came in.
    pub files: Vec<FileFacts>,
    /// What becomes of it.
    pub plan: Plan,
    /// How far it is.
    pub progress: Json,
    /// What it did.
    pub summary: Json,
}

impl Import {
    fn from_row(row: &Row) -> Result<Self, ImportError> {
        Ok(Self {
            id: row.try_get("id")?,
            state: row.try_get("state")?,
            error: row.try_get("error")?,
            created_at: row.try_get("created_at")?,
            created_by: row.try_get("created_by")?,
            created_by_name: row.try_get("created_by_name")?,
            started_at: row.try_get("started_at")?,
            finished_at: row.try_get("finished_at")?,
            undone_at: row.try_get("undone_at")?,
            files: serde_json::from_value(row.try_get("files")?)?,
            plan: serde_json::from_value(plan_or_none(row.try_get("plan")?))?,
            progress: row.try_get("progress")?,
            summary: row.try_get("summary")?,
        })
    }
}

/// A row that was made by hand may have no plan yet.
fn plan_or_none(plan: Json) -> Json {
    if plan.get("files").is_some() { plan } else { json!({"files": []}) }
}

/// Makes a draft.
pub async fn create(
    client: &impl GenericClient,
    workspace_id: Uuid,
    id: Uuid,
    user_id: Option<Uuid>,
    files: &[FileFacts],
    plan: &Plan,
) -> Result<(), ImportError> {
    let (files, plan) = (serde_json::to_value(files)?, serde_json::to_value(plan)?);
    client.execute(include_str!("sql/create.sql"), &[&workspace_id, &id, &user_id, &files, &plan]).await?;
    Ok(())
}

/// One import of the workspace.
pub async fn load(client: &impl GenericClient, workspace_id: Uuid, id: Uuid) -> Result<Import, ImportError> {
    let row = client.query_opt(include_str!("sql/load.sql"), &[&workspace_id, &id]).await?;
    Import::from_row(&row.ok_or(ImportError::NotFound)?)
}

/// The newest imports of the workspace.
pub async fn list(client: &impl GenericClient, workspace_id: Uuid) -> Result<Vec<Import>, ImportError> {
    let rows = client.query(include_str!("sql/list.sql"), &[&workspace_id]).await?;
    rows.iter().map(Import::from_row).collect()
}

/// Another plan for an import that has not run.
pub async fn save_plan(
    client: &impl GenericClient,
    workspace_id: Uuid,
    id: Uuid,
    plan: &Plan,
) -> Result<(), ImportError> {
    let plan = serde_json::to_value(plan)?;
    let changed = client.execute(include_str!("sql/save_plan.sql"), &[&workspace_id, &id, &plan]).await?;
    expect_one(changed, "the import has run, or is running; its plan cannot be changed")
}

/// Moves an import from one of the states in `from` into the state `to`, or says why not.
pub async fn claim(
    client: &impl GenericClient,
    workspace_id: Uuid,
    id: Uuid,
    from: &[&str],
    to: &str,
) -> Result<(), ImportError> {
    let changed = client.execute(include_str!("sql/claim.sql"), &[&workspace_id, &id, &from, &to]).await?;
    expect_one(changed, "the import is not in a state that allows this")
}

fn expect_one(changed: u64, otherwise: &str) -> Result<(), ImportError> {
    if changed == 1 { Ok(()) } else { Err(ImportError::Conflict(otherwise.to_owned())) }
}

/// Tells how far a run is.
pub async fn report(
    client: &impl GenericClient,
    workspace_id: Uuid,
    id: Uuid,
    progress: &Progress,
) -> Result<(), ImportError> {
    let progress = serde_json::to_value(progress)?;
    client.execute(include_str!("sql/report.sql"), &[&workspace_id, &id, &progress]).await?;
    Ok(())
}

/// Ends a run: `done`, or `draft` after a dry run.
pub async fn finish(
    client: &impl GenericClient,
    workspace_id: Uuid,
    id: Uuid,
    summary: &Summary,
) -> Result<(), ImportError> {
    let state = if summary.dry_run { "draft" } else { "done" };
    let summary = serde_json::to_value(summary)?;
    client.execute(include_str!("sql/finish.sql"), &[&workspace_id, &id, &state, &summary]).await?;
    Ok(())
}

/// Ends a run that failed, or an undo that did: then the import is done as before.
pub async fn fail(client: &impl GenericClient, workspace_id: Uuid, id: Uuid, error: &str) -> Result<(), ImportError> {
    client.execute(include_str!("sql/fail.sql"), &[&workspace_id, &id, &error]).await?;
    Ok(())
}

/// Ends an undo.
pub async fn undone(client: &impl GenericClient, workspace_id: Uuid, id: Uuid) -> Result<(), ImportError> {
    client.execute(include_str!("sql/undone.sql"), &[&workspace_id, &id]).await?;
    Ok(())
}

/// Forgets an import that left nothing behind.
pub async fn delete(client: &impl GenericClient, workspace_id: Uuid, id: Uuid) -> Result<(), ImportError> {
    let deleted = client.execute(include_str!("sql/delete.sql"), &[&workspace_id, &id]).await?;
    expect_one(deleted, "only a draft, a failed or an undone import can be deleted; undo it first")
}

/// Imports that a stopped server left in the middle have failed; their transaction is gone.
pub async fn recover(client: &impl GenericClient) -> Result<u64, ImportError> {
    Ok(client.execute(include_str!("sql/recover.sql"), &[]).await?)
}

/// Replaces the complaints of an earlier try.
pub async fn clear_problems(client: &impl GenericClient, workspace_id: Uuid, id: Uuid) -> Result<(), ImportError> {
    let clear = "delete from app.import_problems where workspace_id = $1 and import_id = $2";
    client.execute(clear, &[&workspace_id, &id]).await?;
    Ok(())
}

/// Keeps what a dry run found.
pub async fn keep_problems(
    client: &impl GenericClient,
    workspace_id: Uuid,
    id: Uuid,
    files: &[FileFacts],
    problems: &[FoundProblem],
) -> Result<(), ImportError> {
    clear_problems(client, workspace_id, id).await?;
    let add = client.prepare(include_str!("sql/keep_problem.sql")).await?;
    for (seq, problem) in (1_i64..).zip(problems) {
        let file = usize::try_from(problem.file).ok().and_then(|file| files.get(file));
        let name = file.map_or("", |facts| facts.name.as_str());
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 10] = [
            &workspace_id,
            &id,
            &seq,
            &name,
            &problem.line,
            &problem.severity,
            &problem.column,
            &problem.value,
            &problem.reason,
            &problem.row,
        ];
        client.execute(&add, &values).await?;
    }
    Ok(())
}

/// Mappings that were used before, by header hash.
pub async fn remembered(
    client: &impl GenericClient,
    workspace_id: Uuid,
) -> Result<BTreeMap<Vec<u8>, FilePlan>, ImportError> {
    let load = "select header_hash, plan from app.import_mappings where workspace_id = $1";
    let mut plans = BTreeMap::new();
    for row in client.query(load, &[&workspace_id]).await? {
        // A mapping of another version of Rapport may not be readable; then it is guessed anew.
        if let Ok(plan) = serde_json::from_value(row.try_get(1)?) {
            plans.insert(row.try_get(0)?, plan);
        }
    }
    Ok(plans)
}

/// Remembers how files of these columns were mapped.
pub async fn remember(
    client: &impl GenericClient,
    workspace_id: Uuid,
    files: &[FileFacts],
    plan: &Plan,
) -> Result<(), ImportError> {
    for (facts, planned) in files.iter().zip(&plan.files).filter(|(_, planned)| planned.table.is_some()) {
        let value = serde_json::to_value(planned)?;
        client.execute(include_str!("sql/remember.sql"), &[&workspace_id, &header_hash(facts), &value]).await?;
    }
    Ok(())
}
