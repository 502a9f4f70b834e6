//! `rapport seed`: realistic data to try things on.
//!
//! In: counts, a random seed, a workspace. Out: rows.
//! Invariant: deterministic for the same arguments and the same day.

use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Instant;

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use indicatif::{ProgressBar, ProgressStyle};
use uuid::Uuid;

use super::database::Database;
use super::{CliError, describe};
use crate::clock;
use crate::config::Config;
use crate::pg::{Pg, PgError};
use crate::seed::{self, Amounts, Recipe};
use crate::workspaces::{self, NewWorkspace};

/// How much of everything.
#[derive(Debug, clap::Args)]
pub(super) struct SeedArgs {
    /// People.
    #[arg(long, value_name = "N")]
    contacts: usize,
    /// Companies [default: a tenth of the contacts].
    #[arg(long, value_name = "N")]
    organizations: Option<usize>,
    /// Deals [default: a fifth of the contacts].
    #[arg(long, value_name = "N")]
    opportunities: Option<usize>,
    /// Notes, calls, mails, meetings, tasks [default: two for each contact].
    #[arg(long, value_name = "N")]
    activities: Option<usize>,
    /// Where chance starts.
    #[arg(long, value_name = "N", default_value_t = 1)]
    random_seed: u64,
    /// The workspace's name; it is made if it does not exist.
    #[arg(long, value_name = "NAME", default_value = "Seed")]
    workspace: String,
    /// The day on which the two years end [default: today].
    #[arg(long, value_name = "YYYY-MM-DD")]
    until: Option<NaiveDate>,
}

const FIND: &str = "select id, currency from public.workspaces where name = $1 order by created_at limit 1";

/// Runs the command.
pub(super) async fn run(config: Config, args: SeedArgs) -> Result<ExitCode, CliError> {
    let database = Database::open(&config.database).await?;
    let outcome = async {
        database.migrate().await?;
        let pg = database.pool(&config.database)?;
        let (workspace_id, currency) = workspace(&pg, &args.workspace).await?;
        let recipe = recipe(&args, currency);
        let mut client = database.target().connect().await?;
        fill(&mut client, workspace_id, recipe, &args).await
    }
    .await;
    database.close().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

fn recipe(args: &SeedArgs, currency: String) -> Recipe {
    let amounts = Amounts {
        contacts: args.contacts,
        organizations: args.organizations.unwrap_or(args.contacts / 10),
        opportunities: args.opportunities.unwrap_or(args.contacts / 5),
        activities: args.activities.unwrap_or(args.contacts * 2),
    };
    let day = args.until.unwrap_or_else(|| clock::now().date_naive());
    let until: DateTime<Utc> = day.and_time(NaiveTime::MIN).and_utc();
    Recipe { amounts, random_seed: args.random_seed, until, currency }
}

async fn workspace(pg: &Pg, name: &str) -> Result<(Uuid, String), CliError> {
    let mut client = pg.system().await?;
    let found = async {
        if let Some(row) = client.query_opt(FIND, &[&name]).await? {
            return Ok((row.try_get(0)?, row.try_get(1)?));
        }
        let transaction = client.transaction().await?;
        let new = NewWorkspace::named(name);
        let id = workspaces::create(&transaction, &new, None).await?;
        transaction.commit().await?;
        Ok::<_, tokio_postgres::Error>((id, new.currency))
    };
    found.await.map_err(|error| PgError::from(error).into())
}

async fn fill(
    client: &mut tokio_postgres::Client,
    workspace_id: Uuid,
    recipe: Recipe,
    args: &SeedArgs,
) -> Result<(), CliError> {
    let started = Instant::now();
    let amounts = recipe.amounts;
    let bar = if std::io::stderr().is_terminal() { ProgressBar::new(1) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %  {msg} {human_pos} of {human_len}") {
        bar.set_style(style);
    }
    let step = |what: &str, done: u64, total: u64| {
        bar.set_length(total.max(1));
        bar.set_position(done);
        bar.set_message(what.to_owned());
    };
    let made = seed::seed(client, workspace_id, recipe, &step).await;
    bar.finish_and_clear();
    made.map_err(|error| CliError::Command(describe(&error)))?;
    writeln!(
        std::io::stdout(),
        "{} contacts, {} organizations, {} opportunities and {} activities in workspace {} in {:.1} s. \
         To look at them: rapport user add --workspace {:?} --email you@example.org",
        amounts.contacts,
        amounts.organizations,
        amounts.opportunities,
        amounts.activities,
        args.workspace,
        started.elapsed().as_secs_f64(),
        args.workspace,
    )?;
    Ok(())
}
