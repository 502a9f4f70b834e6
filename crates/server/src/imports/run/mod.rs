//! Carries out a plan: stage, link, match, write, log, in one transaction.
//!
//! In: a [`Job`] (files, plan, who), the database. Out: a [`Summary`], and [`Progress`] on the way.
//! Invariant: an import is in the database whole or not at all; a dry run takes the same path and rolls back.

mod progress;
mod staging;
mod steps;
mod summary;

use std::path::PathBuf;

use serde_json::Value as Json;
use tokio_postgres::Transaction;
use uuid::Uuid;

pub use progress::{Phase, Progress, Reporter};
pub(super) use steps::HASH_JOINS;
pub use summary::{Outcome, Summary};

use super::error::ImportError;
use super::fields::Table;
use super::guess::StageOption;
use super::plan::Plan;
use super::read::FileFacts;
use super::stage::{Compiled, compile};

/// One of the files of a job.
#[derive(Debug, Clone)]
pub struct JobFile {
    /// Where it is.
    pub path: PathBuf,
    /// What it is.
    pub facts: FileFacts,
}

/// An import to be carried out.
#[derive(Debug, Clone)]
pub struct Job {
    /// The workspace.
    pub workspace_id: Uuid,
    /// Who imports; nobody on the command line.
    pub user_id: Option<Uuid>,
    /// The import.
    pub import_id: Uuid,
    /// Its files.
    pub files: Vec<JobFile>,
    /// What becomes of them.
    pub plan: Plan,
    /// Stop before the commit.
    pub dry_run: bool,
}

/// A row that needs looking at, as a dry run hands it back.
#[derive(Debug)]
pub struct FoundProblem {
    /// The file's place among the files.
    pub file: i32,
    /// Its line there.
    pub line: i64,
    /// `refused` or `warning`.
    pub severity: String,
    /// The column it is about.
    pub column: Option<String>,
    /// Its cell.
    pub value: Option<String>,
    /// What is wrong.
    pub reason: String,
    /// The whole row.
    pub row: Json,
}

/// How many problems a dry run hands back.
const DRY_RUN_PROBLEMS: i64 = 1000;

const SETTINGS: &str = "select set_config('rapport.workspace_id', $1, true), set_config('rapport.user_id', $2, true), \
     set_config('rapport.import_id', $3, true), set_config('timezone', w.timezone, true), \
     pg_advisory_xact_lock(hashtextextended($3, 0)) \
     from public.workspaces w where w.id = $1::uuid";
const STAGES: &str = include_str!("sql/stages.sql");
const DRY_PROBLEMS: &str = "select file, line, severity, column_name, value, reason, row_values from problems \
     order by severity, file, line, seq limit $1";

/// The stages of the workspace's default pipeline, which a value of a file can mean.
pub async fn stages(
    client: &impl tokio_postgres::GenericClient,
    workspace_id: Uuid,
) -> Result<Vec<StageOption>, ImportError> {
    let rows = client.query(STAGES, &[&workspace_id]).await?;
    rows.iter()
        .map(|row| Ok(StageOption { key: row.try_get(0)?, name: row.try_get(1)?, kind: row.try_get(2)? }))
        .collect()
}

/// Carries the job out inside `transaction`; the caller commits, or rolls back a dry run.
pub async fn execute(
    transaction: &Transaction<'_>,
    stages: &[StageOption],
    job: &Job,
    reporter: &Reporter,
) -> Result<(Summary, Vec<FoundProblem>), ImportError> {
    let user = job.user_id.map(|user| user.to_string()).unwrap_or_default();
    transaction.execute(SETTINGS, &[&job.workspace_id.to_string(), &user, &job.import_id.to_string()]).await?;
    transaction.batch_execute(include_str!("sql/stage.sql")).await?;

    let compiled: Vec<(usize, Compiled)> =
        job.plan.files.iter().filter_map(|file| Some((file.file, compile(file, stages)?))).collect();
    let total = compiled.iter().filter_map(|(file, _)| job.files.get(*file)).map(|file| file.facts.rows).sum();
    reporter.start(total, job.dry_run);
    let mut summary = Summary::new(job.dry_run);
    let mut sequence = 0;
    let mut files = Vec::with_capacity(compiled.len());
    for (file, compiled) in compiled {
        let Some(input) = job.files.get(file) else { continue };
        files.push(
            staging::stage_file(transaction, file, input, compiled, &mut sequence, reporter, &mut summary).await?,
        );
    }
    steps::write_all(transaction, &files, sequence, reporter, &mut summary).await?;
    summary.collect(transaction).await?;

    let names: Vec<&str> = job.files.iter().map(|file| file.facts.name.as_str()).collect();
    let problems = if job.dry_run { found_problems(transaction).await? } else { Vec::new() };
    if !job.dry_run {
        transaction.execute(include_str!("sql/keep_problems.sql"), &[&names]).await?;
    }
    Ok((summary, problems))
}

async fn found_problems(transaction: &Transaction<'_>) -> Result<Vec<FoundProblem>, ImportError> {
    let rows = transaction.query(DRY_PROBLEMS, &[&DRY_RUN_PROBLEMS]).await?;
    rows.iter()
        .map(|row| {
            Ok(FoundProblem {
                file: row.try_get(0)?,
                line: row.try_get(1)?,
                severity: row.try_get(2)?,
                column: row.try_get(3)?,
                value: row.try_get(4)?,
                reason: row.try_get(5)?,
                row: row.try_get(6)?,
            })
        })
        .collect()
}

/// One staged file, as the later steps see it.
pub(super) struct StagedFile {
    file: i32,
    compiled: Compiled,
}

impl StagedFile {
    fn table(&self) -> Table {
        self.compiled.table
    }
}
