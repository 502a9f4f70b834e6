//! `rapport user`: people who may sign in.
//!
//! In: an address, a workspace, a password from the terminal or standard input. Out: a user with a membership.
//! Invariant: a password never stands on the command line, where other users of the machine could read it.

use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::process::{Command as Process, ExitCode};

use uuid::Uuid;

use super::CliError;
use super::database::Database;
use super::workspace;
use crate::auth::password;
use crate::config::Config;
use crate::imports::detect::is_email;
use crate::pg::{Pg, PgError};
use crate::workspaces::{self, NewOwner, NewWorkspace};

/// What to do about users.
#[derive(Debug, clap::Subcommand)]
pub(super) enum UserCommand {
    /// Add a user to a workspace, or give a known one a new password and role.
    Add(AddArgs),
    /// List users with their workspaces and roles.
    List,
}

/// Whom to add.
#[derive(Debug, clap::Args)]
pub(super) struct AddArgs {
    /// The address to sign in with.
    #[arg(long)]
    email: String,
    /// The workspace's name.
    #[arg(long, value_name = "NAME")]
    workspace: String,
    /// What they may do.
    #[arg(long, default_value = "owner", value_parser = ["owner", "admin", "manager", "member", "viewer"])]
    role: String,
    /// The name colleagues see [default: the address].
    #[arg(long, value_name = "NAME")]
    full_name: Option<String>,
    /// Make the workspace if it does not exist.
    #[arg(long)]
    create_workspace: bool,
    /// Read the password from standard input.
    #[arg(long)]
    password_stdin: bool,
}

const SHORTEST_PASSWORD: usize = 8;
const UPSERT_USER: &str = include_str!("sql/upsert_user.sql");
const UPSERT_MEMBER: &str = include_str!("sql/upsert_member.sql");
const LIST: &str = include_str!("sql/list_users.sql");

/// Runs the command.
pub(super) async fn run(config: Config, command: UserCommand) -> Result<ExitCode, CliError> {
    let hash = match &command {
        UserCommand::Add(args) => Some(hash_of(args)?),
        UserCommand::List => None,
    };
    let database = Database::open(&config.database).await?;
    let outcome = async {
        database.migrate().await?;
        let pg = database.pool(&config.database)?;
        match (&command, hash) {
            (UserCommand::Add(args), Some(hash)) => add(&pg, args, &hash).await,
            _ => list(&pg).await,
        }
    }
    .await;
    database.close().await;
    outcome.map(|()| ExitCode::SUCCESS)
}

fn hash_of(args: &AddArgs) -> Result<String, CliError> {
    if !is_email(&args.email) {
        return Err(CliError::Command(format!("--email {:?} is not an e-mail address", args.email)));
    }
    let password = if args.password_stdin { read_line()? } else { ask()? };
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(CliError::Command(format!("the password needs at least {SHORTEST_PASSWORD} characters")));
    }
    password::hash_now(&password).map_err(|error| CliError::Command(error.to_string()))
}

fn read_line() -> Result<String, CliError> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Asks twice, without showing what is typed.
fn ask() -> Result<String, CliError> {
    if !std::io::stdin().is_terminal() {
        return Err(CliError::Command("no terminal to ask for a password; use --password-stdin".to_owned()));
    }
    let hidden = |prompt: &str| -> Result<String, CliError> {
        write!(std::io::stderr(), "{prompt}: ")?;
        // Without stty the password shows, which is better than not getting in.
        let _ = Process::new("stty").arg("-echo").status();
        let line = read_line();
        let _ = Process::new("stty").arg("echo").status();
        writeln!(std::io::stderr())?;
        line
    };
    let first = hidden("Password")?;
    if hidden("Again")? != first {
        return Err(CliError::Command("the two passwords differ".to_owned()));
    }
    Ok(first)
}

async fn add(pg: &Pg, args: &AddArgs, hash: &str) -> Result<(), CliError> {
    let found = match workspace::find(pg, &args.workspace).await {
        Ok(id) => Some(id),
        Err(_) if args.create_workspace => None,
        Err(error) => return Err(error),
    };
    let full_name = args.full_name.clone().unwrap_or_else(|| args.email.clone());
    let mut client = pg.system().await?;
    let made = async {
        let transaction = client.transaction().await?;
        let user_id: Uuid = transaction.query_one(UPSERT_USER, &[&args.email, &hash, &full_name]).await?.try_get(0)?;
        let workspace_id = match found {
            Some(id) => id,
            None => {
                let owner = NewOwner { user_id, full_name: full_name.clone(), email: Some(args.email.clone()) };
                workspaces::create(&transaction, &NewWorkspace::named(&args.workspace), Some(&owner)).await?
            }
        };
        let role = if found.is_none() { "owner" } else { &args.role };
        transaction.execute(UPSERT_MEMBER, &[&workspace_id, &user_id, &role, &full_name, &args.email]).await?;
        transaction.commit().await?;
        Ok::<_, tokio_postgres::Error>(role.to_owned())
    };
    let role = made.await.map_err(PgError::from)?;
    writeln!(std::io::stdout(), "{} may sign in to {} as {role}.", args.email, args.workspace)?;
    Ok(())
}

async fn list(pg: &Pg) -> Result<(), CliError> {
    let client = pg.system().await?;
    let rows = client.query(LIST, &[]).await.map_err(PgError::from)?;
    let mut out = std::io::stdout();
    for row in rows {
        let cells: [Option<String>; 5] = std::array::from_fn(|cell| row.try_get(cell).ok().flatten());
        let [email, name, workspace, role, status] = cells.map(Option::unwrap_or_default);
        writeln!(out, "{email:<32} {name:<24} {workspace:<20} {role:<8} {status}")?;
    }
    Ok(())
}
