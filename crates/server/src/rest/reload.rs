//! Loads the database's definition, and loads it again whenever somebody says that it has changed.
//!
//! In: `notify <channel>, 'reload schema'` from the database, SIGUSR1 from the operator. Out: a [`Door`] that is up to date.
//! Invariant: requests are answered by the former definition until the new one is whole; a lost connection is made anew,
//! and what was missed meanwhile is made up for by loading.

use std::time::Duration;

use futures_util::stream::poll_fn;
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc;
use tokio_postgres::{AsyncMessage, NoTls};

use super::door::Door;
use super::settings::quoted;
use crate::pg::PgError;

/// How long to wait before the channel is listened to again.
const PAUSE: Duration = Duration::from_secs(2);

/// Keeps what is known of the database up to date; ends never.
pub async fn keep_fresh(door: Door) -> std::io::Result<()> {
    let (mut asked, mut config) = (signal(SignalKind::user_defined1())?, signal(SignalKind::user_defined2())?);
    door.load().await;
    let (wake, mut woken) = mpsc::channel(1);
    tokio::spawn(listen(door.clone(), wake));
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
async fn listen(door: Door, wake: mpsc::Sender<()>) {
    let Some(channel) = door.settings().channel.clone() else {
        return wake.closed().await;
    };
    loop {
        let listened = tokio::select! {
            listened = listen_once(&door, &channel, &wake) => listened,
            () = wake.closed() => return,
        };
        if let Err(error) = listened {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "not listening for changes of the database's definition"
            );
        }
        tokio::time::sleep(PAUSE).await;
    }
}

async fn listen_once(door: &Door, channel: &str, wake: &mpsc::Sender<()>) -> Result<(), PgError> {
    let config = door.target().driver_config();
    let (client, mut connection) = config.connect(NoTls).await?;
    let mut messages = poll_fn(|context| connection.poll_message(context)).fuse();
    let statement = format!("listen {}", quoted(channel));
    let mut listening = std::pin::pin!(client.batch_execute(&statement).fuse());
    let mut ready = false;
    loop {
        tokio::select! {
            done = &mut listening, if !ready => {
                done?;
                ready = true;
                // Words spoken while nobody listened are lost, so look.
                let _ = wake.try_send(());
            }
            message = messages.try_next() => match message? {
                Some(AsyncMessage::Notification(word)) if matches!(word.payload(), "" | "reload schema") => {
                    // One that waits is enough: it will load what is there then.
                    let _ = wake.try_send(());
                }
                Some(_) => {}
                None => return Err(PgError::Unavailable("the server closed the connection".to_owned())),
            },
        }
    }
}
