//! `rapport serve`: the database, then the server, until told to stop.
//!
//! In: the configuration. Out: a running server.
//! Invariant: requests stop before the database does; whatever fails, a private database is shut down cleanly.

use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::database::Database;
use super::{CliError, describe};
use crate::app::App;
use crate::config::Config;
use crate::realtime::Signal;
use crate::{changes, custom_fields, demo, http, imports};

/// How long running requests may take to end.
pub(super) const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// Runs the command. The future must stay on the main thread: the private database ends with the thread it began on.
pub(super) async fn run(config: Config) -> Result<(), CliError> {
    let begun = Instant::now();
    let stop = stop_signal()?;
    let address = config.http.listen;
    let listener = TcpListener::bind(address).await.map_err(|source| CliError::Listen { address, source })?;
    let mut database = tokio::select! {
        opened = Database::open_alone(&config.database) => opened?,
        () = told(stop.clone()) => return Ok(()),
    };
    let served = serve(&config, &mut database, listener, stop, begun).await;
    database.close().await;
    served
}

async fn serve(
    config: &Config,
    database: &mut Database,
    listener: TcpListener,
    stop: watch::Receiver<bool>,
    begun: Instant,
) -> Result<(), CliError> {
    let app = tokio::select! {
        prepared = prepare(config, database) => prepared?,
        () = told(stop.clone()) => return Ok(()),
    };
    let start_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(url = %config.http.public_url, listen = %config.http.listen, start_ms, "ready");
    let following = changes::start(&app);
    let defining = changes::keep_definition(&app);
    let indexing = custom_fields::keep_indexes(&app);
    let recovering = tokio::spawn(imports::watch_abandoned(app.pg.clone()));
    let (stopping, sockets) = (told(stop.clone()), app.clone());
    let stopping = async move {
        stopping.await;
        sockets.realtime.signal(Signal::Shutdown);
    };
    let serving = http::serve(app, listener, stopping);
    let too_late = async {
        told(stop.clone()).await;
        tokio::time::sleep(STOP_PATIENCE).await;
    };
    let ended = tokio::select! {
        served = serving => served.map_err(CliError::from),
        () = too_late => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
        error = database.keep_running() => Err(error.into()),
    };
    following.abort();
    defining.abort();
    indexing.abort();
    recovering.abort();
    ended?;
    tracing::info!("stopped");
    Ok(())
}

/// Everything before the first request. May be dropped half-way: a migration is taken back, or resumed next time.
async fn prepare(config: &Config, database: &Database) -> Result<App, CliError> {
    database.migrate().await?;
    database.warn_about_change_stream().await?;
    let app = App::start(config.clone(), database.pool(&config.database)?).await?;
    if config.demo.enabled {
        demo::ensure(&app.pg, &config.demo).await.map_err(|error| CliError::Command(describe(&error)))?;
    }
    Ok(app)
}

/// Becomes true with the first SIGTERM or SIGINT.
pub(super) fn stop_signal() -> Result<watch::Receiver<bool>, CliError> {
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    let (tell, told) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        tell.send_replace(true);
        // The sender lives on: a closed channel would look like a second signal.
        tell.closed().await;
    });
    Ok(told)
}

pub(super) async fn told(mut stop: watch::Receiver<bool>) {
    // An error means that the sender is gone, which is a reason to stop as well.
    let _ = stop.wait_for(|told| *told).await;
}
