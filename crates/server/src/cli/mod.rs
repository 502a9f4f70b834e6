//! The command line: `rapport <command> [options]`.
//!
//! In: arguments and environment. Out: an exit code, and one line on stderr when something stops the command.
//! Invariant: configuration is checked before a command starts.

mod bench;
pub mod database;
mod error;
mod import;
mod log;
mod migrate;
mod rest;
mod seed;
mod serve;
mod user;
mod workspace;

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::bench::BenchOptions;
use crate::config::{Config, LogConfig, Options};
pub use error::CliError;

/// A CRM that answers before you notice waiting.
#[derive(Debug, Parser)]
#[command(name = "rapport", version, propagate_version = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    options: Options,
}

/// What to do.
#[derive(Debug, Subcommand)]
enum Command {
    #[command(flatten)]
    Product(ProductCommand),
    /// Serve the data API alone over any PostgreSQL database, with PostgREST's settings.
    Rest(rest::RestArgs),
}

/// What to do with the product and its own database.
#[derive(Debug, Subcommand)]
enum ProductCommand {
    /// Serve the API and the web app.
    Serve,
    /// Bring the database up to date, then exit.
    Migrate,
    /// Import CSV files of another system, or take an import back.
    Import(import::ImportArgs),
    /// Make realistic data to try things on.
    Seed(seed::SeedArgs),
    /// Add and list people who may sign in.
    #[command(subcommand)]
    User(user::UserCommand),
    /// Measure a running server: the operations people wait for, beside their budgets.
    Bench(BenchOptions),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(code) => code,
        Err(error) => {
            // Standard error may be closed; there is nobody left to tell.
            let _ = writeln!(std::io::stderr(), "rapport: {error}");
            ExitCode::FAILURE
        }
    }
}

/// An error and its causes in one line.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

fn run(cli: Cli) -> Result<ExitCode, CliError> {
    let config = Config::from_options(cli.options.with_file()?)?;
    match cli.command {
        Command::Product(command) => {
            log::start(&config.log)?;
            block_on(run_product(config, command))
        }
        // Another program in the same binary: of our options it takes the form of the log alone.
        Command::Rest(args) => {
            let settings = args.settings()?;
            log::start(&LogConfig { filter: settings.log.to_owned(), ..config.log })?;
            block_on(rest::run(settings)).map(|()| ExitCode::SUCCESS)
        }
    }
}

/// On this thread, the main one: a private database is told to stop when the thread that started it ends.
fn block_on<T>(work: impl Future<Output = Result<T, CliError>>) -> Result<T, CliError> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

async fn run_product(config: Config, command: ProductCommand) -> Result<ExitCode, CliError> {
    match command {
        ProductCommand::Serve => serve::run(config).await.map(|()| ExitCode::SUCCESS),
        ProductCommand::Migrate => migrate::run(config).await.map(|()| ExitCode::SUCCESS),
        ProductCommand::Import(args) => import::run(config, args).await,
        ProductCommand::Seed(args) => seed::run(config, args).await,
        ProductCommand::User(command) => user::run(config, command).await,
        ProductCommand::Bench(options) => bench::run(config, options).await.map(|()| ExitCode::SUCCESS),
    }
}
