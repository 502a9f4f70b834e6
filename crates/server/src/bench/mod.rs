//! `rapport bench`: how fast a running server answers the operations people wait for.
//!
//! In: the address of a server, a user's address and password, the database for the bare statements.
//! Out: p50, p95 and p99 per operation beside the bare statements, floor and goal, as text, JSON and Markdown.
//! Invariant: what it writes into the workspace it takes away again; with `--read-only` it writes nothing.

mod bare;
mod client;
mod operations;
mod report;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::pg::Target;
use bare::Bare;
use client::{Client, HttpError};
use operations::{Operation, Workload};
pub use report::Report;
use report::{Figure, Row};

/// What to measure and how often.
#[derive(Debug, Clone, clap::Args)]
pub struct BenchOptions {
    /// Who signs in.
    #[arg(long, default_value = "owner@rapport.test", value_name = "ADDRESS")]
    pub email: String,
    /// Their password.
    #[arg(
        long,
        default_value = crate::config::DEFAULT_DEMO_PASSWORD,
        env = "RAPPORT_BENCH_PASSWORD",
        value_name = "PASSWORD",
        hide_env_values = true
    )]
    pub password: String,
    /// How often each operation runs, one after the other.
    #[arg(long, default_value_t = 200, value_name = "N")]
    pub repeat: u32,
    /// How many clients ask at once afterwards; 0 leaves that part out.
    #[arg(long, default_value_t = 16, value_name = "N")]
    pub clients: u32,
    /// How long they ask.
    #[arg(long, default_value_t = 5, value_name = "SECONDS")]
    pub seconds: u32,
    /// Write nothing.
    #[arg(long)]
    pub read_only: bool,
    /// Where the report goes.
    #[arg(long, default_value = "bench/results", value_name = "DIR")]
    pub output: PathBuf,
}

/// Why a benchmark stopped.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The server could not be asked.
    #[error("the server at {0} does not answer; start it with `rapport serve`, or name it with --listen")]
    Unreachable(SocketAddr, #[source] HttpError),
    /// The user could not sign in.
    #[error("{email} cannot sign in: {answer}")]
    SignIn {
        /// Who.
        email: String,
        /// What the server said.
        answer: String,
    },
    /// An operation was answered with an error.
    #[error("{operation} was answered with {status}: {answer}")]
    Refused {
        /// Which.
        operation: &'static str,
        /// The status.
        status: u16,
        /// What the server said.
        answer: String,
    },
    /// A request failed half-way.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The report could not be written.
    #[error("cannot write the report to {0}: {1}")]
    Report(PathBuf, #[source] std::io::Error),
}

/// Measures every operation and writes the report.
pub async fn run(
    server: SocketAddr,
    database: Result<Target, String>,
    options: &BenchOptions,
) -> Result<Report, BenchError> {
    let mut client = Client::connect(server).await.map_err(|error| BenchError::Unreachable(server, error))?;
    client.sign_in(&options.email, &options.password).await?;
    let mut bare = match database {
        Ok(target) => Bare::connect(&target, &options.email).await.map_err(|error| error.to_string()),
        Err(why) => Err(why),
    };
    let workload = Workload::prepare(&mut client, options.read_only).await?;
    let measured = measure(&mut client, &mut bare, &workload, options).await;
    workload.clean_up(&mut client).await?;
    let report = measured?;
    report.write(&options.output).map_err(|error| BenchError::Report(options.output.clone(), error))?;
    Ok(report)
}

/// The database's side of the comparison, or why there is none.
type Comparison = Result<Bare, String>;

async fn measure(
    client: &mut Client,
    bare: &mut Comparison,
    workload: &Workload,
    options: &BenchOptions,
) -> Result<Report, BenchError> {
    let mut report = Report::new(workload.contacts);
    for operation in workload.operations() {
        report.rows.push(one_after_the_other(client, bare, &operation, options.repeat).await?);
    }
    if options.clients > 0 {
        for operation in workload.operations().into_iter().filter(|operation| operation.shared) {
            report.throughput.push(at_once(client, &operation, options).await?);
        }
    }
    report.no_comparison = bare.as_ref().err().cloned();
    Ok(report)
}

/// Request and bare statement take turns, so that both see the same machine.
async fn one_after_the_other(
    client: &mut Client,
    bare: &mut Comparison,
    operation: &Operation,
    repeat: u32,
) -> Result<Row, BenchError> {
    let (mut times, mut bare_times, mut plans) = (Vec::new(), Vec::new(), Vec::new());
    let (mut bytes, mut statements) = (0, None);
    for turn in 0..repeat + WARM_UP {
        let request = operation.request(turn);
        let started = Instant::now();
        let answer = client.send(&request).await?;
        let took = started.elapsed();
        if answer.status >= 400 {
            let answer_text = String::from_utf8_lossy(&answer.body).into_owned();
            return Err(BenchError::Refused { operation: operation.name, status: answer.status, answer: answer_text });
        }
        bytes = answer.body.len();
        let mut bare_took = None;
        if let (true, Ok(connection)) = (operation.reads(), bare.as_mut()) {
            match connection.run(&request).await {
                Ok(took) => bare_took = Some(took),
                Err(error) => *bare = Err(error.to_string()),
            }
        }
        if turn >= WARM_UP {
            times.push(took);
            bare_times.extend(bare_took);
            plans.extend(answer.plan_ms().map(|ms| Duration::from_secs_f64(ms / 1000.0)));
            statements = statements.max(answer.statements());
        }
    }
    Ok(Row {
        name: operation.name,
        times: Figure::of(times),
        bare: Figure::of(bare_times),
        plan: Figure::of(plans),
        statements,
        bytes,
    })
}

/// Some clients ask as fast as they are answered.
async fn at_once(
    client: &Client,
    operation: &Operation,
    options: &BenchOptions,
) -> Result<(&'static str, f64, Option<Figure>), BenchError> {
    let until = Instant::now() + Duration::from_secs(u64::from(options.seconds));
    let mut workers = tokio::task::JoinSet::new();
    for worker in 0..options.clients {
        let (mut own, operation) = (client.another().await?, operation.clone());
        workers.spawn(async move {
            let mut times = Vec::new();
            let mut turn = worker * 1000;
            while Instant::now() < until {
                let started = Instant::now();
                own.send(&operation.request(turn)).await?;
                times.push(started.elapsed());
                turn += 1;
            }
            Ok::<_, HttpError>(times)
        });
    }
    let mut times = Vec::new();
    while let Some(done) = workers.join_next().await {
        // A worker that panicked has no times to add.
        if let Ok(outcome) = done {
            times.extend(outcome?);
        }
    }
    let per_second = times.len() as f64 / f64::from(options.seconds.max(1));
    Ok((operation.name, per_second, Figure::of(times)))
}

/// Rounds that are not counted: caches fill, statements are prepared.
const WARM_UP: u32 = 5;
