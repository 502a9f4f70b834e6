//! `rapport import`: another system's CSV files into a workspace, or back out.
//!
//! In: files, the workspace's name, a date format or a mapping where the guess needs help. Out: a summary; exit code 3
//! when rows were refused.
//! Invariant: the same engine as the wizard; a question that only a person can answer stops before anything is written.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use tokio::sync::watch;
use uuid::Uuid;

use super::CliError;
use super::database::Database;
use super::workspace;
use crate::config::Config;
use crate::entropy;
use crate::imports::check::Power;
use crate::imports::detect::DateFormat;
use crate::imports::engine::{self, Upload};
use crate::imports::error::ImportError;
use crate::imports::plan::Plan;
use crate::imports::problems::{self, StoredProblem};
use crate::imports::read::FileFacts;
use crate::imports::run::{Job, JobFile, Progress, Reporter, Summary};
use crate::imports::store;
use crate::imports::undo::{self, Edited};
use crate::pg::Pg;

/// What to import, and how.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The workspace's name.
    #[arg(long, value_name = "NAME")]
    workspace: String,
    /// The order of day, month and year in dates like 03-04-17.
    #[arg(long, value_name = "ORDER", value_enum)]
    date_format: Option<DateOrder>,
    /// A plan to follow, as --dry-run --json prints it.
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// Do everything but the last step.
    #[arg(long)]
    dry_run: bool,
    /// Print the result as JSON.
    #[arg(long)]
    json: bool,
    /// Write every row that needs looking at to this CSV file.
    #[arg(long, value_name = "FILE")]
    problems: Option<PathBuf>,
    /// Take an import back.
    #[arg(long, value_name = "ID", conflicts_with_all = ["files", "mapping", "dry_run"])]
    undo: Option<Uuid>,
    /// With --undo: what happens to rows that were edited since.
    #[arg(long, value_name = "WHAT", value_enum, requires = "undo")]
    edited: Option<EditedChoice>,
    /// The files, in any order.
    #[arg(value_name = "FILE.csv", required_unless_present = "undo")]
    files: Vec<PathBuf>,
}

/// The order of dates, as the command line spells it.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum DateOrder {
    Dmy,
    Mdy,
    Ymd,
}

/// What happens to edited rows, as the command line spells it.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum EditedChoice {
    Keep,
    Undo,
}

const POWER: Power = Power { may_invite: true };
const ROWS_WERE_REFUSED: u8 = 3;
const MOST_SHOWN: i64 = 20;

impl From<ImportError> for CliError {
    fn from(error: ImportError) -> Self {
        let hint = match &error {
            ImportError::OpenQuestion { field, .. } if field.ends_with("date_format") => {
                "; say which with --date-format dmy, mdy or ymd"
            }
            ImportError::OpenQuestion { .. } | ImportError::Plan { .. } => {
                "; correct the plan that --dry-run --json prints and give it with --mapping"
            }
            ImportError::EditedSince { .. } => " with --edited keep or --edited undo",
            _ => "",
        };
        let field = match &error {
            ImportError::Plan { field, .. } => format!("{field}: "),
            _ => String::new(),
        };
        Self::Command(format!("{field}{}{hint}", error.chain()))
    }
}

/// Runs the command.
pub(super) async fn run(config: Config, args: ImportArgs) -> Result<ExitCode, CliError> {
    let database = Database::open(&config.database).await?;
    let outcome = async {
        database.migrate().await?;
        let pg = database.pool(&config.database)?;
        let workspace_id = workspace::find(&pg, &args.workspace).await?;
        match args.undo {
            Some(import_id) => take_back(&pg, workspace_id, import_id, &args).await,
            None => bring_in(&pg, workspace_id, &args).await,
        }
    }
    .await;
    database.close().await;
    outcome
}

async fn bring_in(pg: &Pg, workspace_id: Uuid, args: &ImportArgs) -> Result<ExitCode, CliError> {
    let uploads = uploads(&args.files)?;
    let (files, mut plan) = engine::prepare(pg, workspace_id, POWER, uploads.clone()).await?;
    if let Some(path) = &args.mapping {
        plan = read_mapping(path)?;
    }
    if let Some(order) = args.date_format {
        apply_date_format(&mut plan, &files, order);
    }
    let questions = engine::questions(pg, workspace_id, POWER, &files, &plan).await?;
    if args.dry_run && args.json && !questions.is_empty() {
        print(&json!({"plan": plan, "questions": questions}).to_string())?;
        return Ok(ExitCode::FAILURE);
    }
    engine::refuse_open(&questions)?;

    let import_id = entropy::uuid_v7();
    let client = pg.system().await?;
    store::create(&**client, workspace_id, import_id, None, &files, &plan).await?;
    store::claim(&**client, workspace_id, import_id, &["draft"], "running").await?;
    drop(client);
    let job_files = files.iter().cloned().zip(&uploads);
    let job = Job {
        workspace_id,
        user_id: None,
        import_id,
        files: job_files.map(|(facts, upload)| JobFile { path: upload.path.clone(), facts }).collect(),
        plan,
        dry_run: args.dry_run,
    };
    let (reporter, progress) = Reporter::new();
    tokio::spawn(engine::publish_progress(pg.clone(), workspace_id, import_id, progress.clone()));
    let bar = tokio::spawn(show(progress));
    let result = engine::carry_out(pg, &job, &reporter).await;
    drop(reporter);
    let _ = bar.await;
    let summary = result?;
    report(pg, &job, &files, &summary, args).await
}

async fn report(
    pg: &Pg,
    job: &Job,
    files: &[FileFacts],
    summary: &Summary,
    args: &ImportArgs,
) -> Result<ExitCode, CliError> {
    let client = pg.system().await?;
    let found = problems::list(&**client, job.workspace_id, job.import_id, MOST_SHOWN).await?;
    if let Some(path) = &args.problems {
        let all = problems::list(&**client, job.workspace_id, job.import_id, i64::MAX).await?;
        std::fs::write(path, problems::to_csv(&all, files)?)?;
    }
    if job.dry_run {
        // A dry run on the command line leaves no draft behind.
        store::delete(&**client, job.workspace_id, job.import_id).await?;
    }
    if args.json {
        print(
            &json!({"import_id": job.import_id, "summary": summary, "problems": found, "plan": job.plan}).to_string(),
        )?;
    } else {
        print(&table(job, summary, &found))?;
    }
    Ok(if summary.refused > 0 { ExitCode::from(ROWS_WERE_REFUSED) } else { ExitCode::SUCCESS })
}

async fn take_back(pg: &Pg, workspace_id: Uuid, import_id: Uuid, args: &ImportArgs) -> Result<ExitCode, CliError> {
    let client = pg.system().await?;
    store::load(&**client, workspace_id, import_id).await?;
    let preview = undo::preview(&**client, workspace_id, import_id).await?;
    let edited = match args.edited {
        Some(EditedChoice::Undo) => Edited::Undo,
        Some(EditedChoice::Keep) => Edited::Keep,
        None if preview.edited() > 0 => return Err(ImportError::EditedSince { rows: preview.edited() }.into()),
        None => Edited::Keep,
    };
    store::claim(&**client, workspace_id, import_id, &["done"], "undoing").await?;
    drop(client);
    let (reporter, progress) = Reporter::new();
    let bar = tokio::spawn(show(progress));
    let result = engine::take_back(pg, workspace_id, None, import_id, edited, &reporter).await;
    drop(reporter);
    let _ = bar.await;
    result?;
    if args.json {
        print(&json!({"import_id": import_id, "undone": preview}).to_string())?;
    } else {
        let rows: i64 = preview.rows.values().sum();
        print(&format!("The import was taken back: {rows} rows in {} tables.", preview.rows.len()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn uploads(paths: &[PathBuf]) -> Result<Vec<Upload>, CliError> {
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
            let name = name.ok_or_else(|| CliError::Command(format!("{} is no file", path.display())))?;
            match std::fs::metadata(path) {
                Ok(found) if found.is_file() => Ok(Upload { path: path.clone(), name }),
                Ok(_) => Err(CliError::Command(format!("{} is no file", path.display()))),
                Err(error) => Err(CliError::Command(format!("cannot read {}: {error}", path.display()))),
            }
        })
        .collect()
}

fn read_mapping(path: &PathBuf) -> Result<Plan, CliError> {
    let bad = |why: String| CliError::Command(format!("the mapping {} cannot be used: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| bad(error.to_string()))?;
    let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    let plan = value.get("plan").cloned().unwrap_or(value);
    serde_json::from_value(plan).map_err(|error| bad(error.to_string()))
}

/// Columns whose dates need an order get this one; what is not a date in digits is left alone.
fn apply_date_format(plan: &mut Plan, files: &[FileFacts], order: DateOrder) {
    let order = match order {
        DateOrder::Dmy => DateFormat::Dmy,
        DateOrder::Mdy => DateFormat::Mdy,
        DateOrder::Ymd => DateFormat::Ymd,
    };
    for (planned, facts) in plan.files.iter_mut().zip(files) {
        for (column, found) in planned.columns.iter_mut().zip(&facts.columns) {
            if !found.date_formats.is_empty() {
                column.date_format = Some(order);
            }
        }
    }
}

/// Shows a bar on a terminal until the run ends.
async fn show(mut progress: watch::Receiver<Progress>) {
    if !std::io::stderr().is_terminal() {
        return;
    }
    let bar = ProgressBar::new(100);
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg}") {
        bar.set_style(style);
    }
    while progress.changed().await.is_ok() {
        let now = progress.borrow_and_update().clone();
        bar.set_position(u64::from(now.percent));
        let table = now.table.unwrap_or_default();
        bar.set_message(
            format!("{:?} {table}: {} of {} rows", now.phase, now.rows_done, now.rows_total).to_lowercase(),
        );
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    bar.finish_and_clear();
}

fn table(job: &Job, summary: &Summary, found: &[StoredProblem]) -> String {
    let mut text =
        format!("{:<18}{:>9}{:>9}{:>9}{:>9}{:>9}\n", "", "created", "updated", "linked", "skipped", "refused");
    for (name, row) in &summary.tables {
        let cells = [row.created, row.updated, row.linked, row.skipped, row.refused];
        text.push_str(&format!("{name:<18}"));
        text.extend(cells.map(|cell| format!("{cell:>9}")));
        text.push('\n');
    }
    for note in &summary.notes {
        text.push_str(&format!("Note: {note}\n"));
    }
    for problem in found {
        let column = problem.column.as_deref().map(|column| format!(", {column}")).unwrap_or_default();
        text.push_str(&format!(
            "{}: {}, line {}{column}: {}\n",
            problem.severity, problem.file, problem.line, problem.reason
        ));
    }
    let more = summary.refused + summary.warnings - i64::try_from(found.len()).unwrap_or_default();
    if more > 0 {
        text.push_str(&format!("... and {more} more; --problems FILE writes all of them\n"));
    }
    let end = if job.dry_run {
        "Nothing was written: this was a dry run.".to_owned()
    } else {
        format!(
            "Import {} took {} s. To take it back: rapport import --undo {0} --workspace ...",
            job.import_id, summary.seconds
        )
    };
    text.push_str(&end);
    text
}

fn print(text: &str) -> Result<(), CliError> {
    writeln!(std::io::stdout(), "{text}")?;
    Ok(())
}
