//! Reads the database's definition again whenever it has changed.
//!
//! In: words on the channel, which the database speaks after each change of its definition (`app.tell_definition`); time,
//! because nobody tells how tables grow.
//! Out: an [`App`] whose catalog is up to date.
//! Invariant: requests are answered by the former definition until the new one is whole; a lost connection is made anew,
//! and what was missed meanwhile is made up for by reading.

use std::convert::Infallible;
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;

use crate::app::App;
use crate::pg::{PgError, listen};

const CHANNEL: &str = "pgrst";
/// How long to wait before the channel is listened to again.
const PAUSE: Duration = Duration::from_secs(2);
/// How old the sizes of tables may be.
const PERIOD: Duration = Duration::from_secs(300);

/// Keeps the definition up to date until the task is aborted.
pub fn keep_definition(app: &App) -> JoinHandle<()> {
    let app = app.clone();
    tokio::spawn(async move {
        // Many changes come together, and one reading after the last of them is enough.
        let changed = Notify::new();
        tokio::join!(hear(&app, &changed), read(&app, &changed));
    })
}

async fn hear(app: &App, changed: &Notify) {
    loop {
        let broken: Result<Infallible, PgError> = listen(app.pg.target(), CHANNEL, |_| changed.notify_one()).await;
        let Err(error) = broken;
        tracing::warn!(error = &error as &dyn std::error::Error, "not listening for changes of the definition");
        tokio::time::sleep(PAUSE).await;
    }
}

async fn read(app: &App, changed: &Notify) {
    loop {
        // Either is a reason to read.
        let _ = tokio::time::timeout(PERIOD, changed.notified()).await;
        if let Err(error) = app.reload_catalog().await {
            tracing::error!(error = &error as &dyn std::error::Error, "cannot read the definition; trying again");
            tokio::time::sleep(PAUSE).await;
            changed.notify_one();
        }
    }
}
