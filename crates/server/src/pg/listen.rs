//! Hears what is said on a channel of the database (`listen`, `notify`).
//!
//! In: a [`Target`] and a channel. Out: each word, and when listening began.
//! Invariant: ends with an error whenever the connection does; what is said in the meantime nobody hears.

use std::convert::Infallible;

use futures_util::stream::poll_fn;
use futures_util::{FutureExt as _, StreamExt as _, TryStreamExt as _};
use tokio_postgres::{AsyncMessage, NoTls};

use super::{PgError, Target};

/// What is heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard<'a> {
    /// From now on every word is.
    Listening,
    /// What somebody said.
    Word(&'a str),
}

/// Hands on what is said on a channel until the connection breaks.
pub async fn listen(target: &Target, channel: &str, mut heard: impl FnMut(Heard<'_>)) -> Result<Infallible, PgError> {
    let (client, mut connection) = target.driver_config().connect(NoTls).await?;
    let mut messages = poll_fn(|context| connection.poll_message(context)).fuse();
    let statement = format!("listen \"{}\"", channel.replace('"', "\"\""));
    let mut beginning = std::pin::pin!(client.batch_execute(&statement).fuse());
    let mut has_begun = false;
    loop {
        tokio::select! {
            begun = &mut beginning, if !has_begun => {
                begun?;
                has_begun = true;
                heard(Heard::Listening);
            }
            message = messages.try_next() => match message? {
                Some(AsyncMessage::Notification(said)) => heard(Heard::Word(said.payload())),
                Some(_) => {}
                None => return Err(PgError::Unavailable("the server closed the connection".to_owned())),
            },
        }
    }
}
