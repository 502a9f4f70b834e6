//! `rapport rest`: the data API alone over somebody else's database, until told to stop.
//!
//! In: a configuration file and the `PGRST_` variables. Out: a running server.
//! Invariant: it listens before the database answers; until then requests are told to come again.

use std::path::PathBuf;

use clap::Args;
use tokio::net::TcpListener;
use tokio::sync::watch;

use super::CliError;
use super::serve::{STOP_PATIENCE, stop_signal, told};
use crate::http;
use crate::pg::{PgError, Target};
use crate::rest::settings::{Settings, SettingsError, Source};
use crate::rest::{Door, admin, keep_fresh, listen, router};

/// Which database is served, and how.
///
/// Settings have PostgREST's names: keys such as db-uri in the file, variables such as PGRST_DB_URI, which win.
/// docs/rest.md lists them.
#[derive(Debug, Args)]
pub(super) struct RestArgs {
    /// A configuration file with lines such as db-uri = "postgres://…".
    file: Option<PathBuf>,
}

impl RestArgs {
    /// Reads the file and the environment.
    pub(super) fn settings(&self) -> Result<Settings, CliError> {
        let file = self.file.as_ref().map(|path| {
            let unreadable = |source| SettingsError::Unreadable { path: path.display().to_string(), source };
            std::fs::read_to_string(path).map_err(unreadable)
        });
        let environment =
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)));
        Ok(Settings::from_source(&Source::read(file.transpose()?.as_deref(), environment)?)?)
    }
}

/// Runs the command.
pub(super) async fn run(settings: Settings) -> Result<(), CliError> {
    for key in &settings.unknown {
        tracing::warn!("{key} is no setting that is known here; it has no effect");
    }
    let stop = stop_signal()?;
    let target = Target::parse(&settings.database).map_err(|error| match error {
        PgError::BadUrl(why) => CliError::Command(format!("db-uri (PGRST_DB_URI) cannot be used: {why}")),
        other => other.into(),
    })?;
    let listener = bound(&settings.http.hosts, settings.http.port).await?;
    let admin_listener = match &settings.http.admin {
        Some((hosts, port)) => Some(bound(hosts, *port).await?),
        None => None,
    };
    tracing::info!(listen = %listener.local_addr()?, database = %target, "serving");
    let door = Door::new(settings, target)?;
    let supervised = async {
        match admin_listener {
            Some(listener) => http::serve_router(admin(door.clone()), listener, std::future::pending()).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        served = http::serve_router(router(door.clone()), listener, told(stop.clone())) => served?,
        failed = keep_fresh(door.clone()) => failed?,
        failed = supervised => failed?,
        () = too_late(stop) => {}
    }
    Ok(())
}

async fn bound(hosts: &[String], port: u16) -> Result<TcpListener, CliError> {
    let listener = listen(hosts, port).await;
    listener.map_err(|error| CliError::Command(format!("cannot listen on {} port {port}: {error}", hosts.join(", "))))
}

async fn too_late(stop: watch::Receiver<bool>) {
    told(stop).await;
    tokio::time::sleep(STOP_PATIENCE).await;
    tracing::warn!("some requests did not end in time");
}
