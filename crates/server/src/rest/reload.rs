//! Loads the database's definition, and loads it again whenever somebody says that it has changed.
//!
//! In: `notify <channel>, 'reload schema'` from the database, SIGUSR1 from the operator. Out: a [`Door`] that is up to date.
//! Invariant: requests are answered by the former definition until the new one is whole; a lost connection is made anew,
//! and what was missed meanwhile is made up for by loading.

use std::time::Duration;

use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;

use super::door::Door;
use crate::pg::{Heard, listen};

/// How long to wait before the channel is listened to again.
const PAUSE: Duration = Duration::from_secs(2);

/// Keeps what is known of the database up to date; ends never.
pub async fn keep_fresh(door: Door) -> std::io::Result<()> {
    let (mut asked, mut config) = (signal(SignalKind::user_defined1())?, signal(SignalKind::user_defined2())?);
    door.load().await;
    let (wake, mut woken) = mpsc::channel(1);
    tokio::spawn(hear(door.clone(), wake));
    loop {
        tokio::select! {
            Some(()) = woken.recv() => {}
            () = received(&mut asked) => {}
            () = received(&mut config) => {
                tracing::warn!("settings are read at the start only: start again to change them");
                continue;
            }
        }
        door.load().await;
    }
}

async fn received(signal: &mut Signal) {
    if signal.recv().await.is_none() {
        std::future::pending().await
    }
}

/// Wakes the loader for every word on the channel, and after every gap in listening. Ends with the loader.
async fn hear(door: Door, wake: mpsc::Sender<()>) {
    let Some(channel) = door.settings().channel.clone() else {
        return wake.closed().await;
    };
    loop {
        let hearing = listen(door.target(), &channel, |heard| {
            // Words spoken while nobody listened are lost, so the beginning counts as one.
            if matches!(heard, Heard::Listening | Heard::Word("" | "reload schema")) {
                // One that waits is enough: it will load what is there then.
                let _ = wake.try_send(());
            }
        });
        let Err(error) = tokio::select! {
            broken = hearing => broken,
            () = wake.closed() => return,
        };
        tracing::warn!(error = &error as &dyn std::error::Error, "not listening for changes of the definition");
        tokio::time::sleep(PAUSE).await;
    }
}
