//! One connection to PostgreSQL, spoken by hand so that a whole request leaves in one write with one Sync.
//!
//! In: a [`Target`](super::Target). Out: rows as text, errors with every field.
//! Invariant: a connection is reusable only after `ReadyForQuery` said "idle"; everything else drops it.

mod batch;
mod message;
mod startup;
mod statements;
mod stream;

use bytes::BytesMut;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::PgError;
use message::Message;
use statements::Prepared;
use stream::Stream;

pub(super) use batch::{Call, End};
pub(super) use stream::open;

/// Above this a batch is written while answers are read, so that neither side waits for the other's buffer.
const WRITE_AT_ONCE: usize = 64 * 1024;

/// An authenticated connection.
pub(super) struct Connection {
    stream: Box<dyn Stream>,
    incoming: BytesMut,
    outgoing: BytesMut,
    prepared: Prepared,
    /// Does the server still know in the next transaction what it prepared in this one. Behind a pooler each transaction
    /// may meet another server process.
    keeps_statements: bool,
    key: CancelKey,
}

/// What PostgreSQL wants to see before it cancels a connection's statement.
#[derive(Debug, Clone, Copy)]
pub(super) struct CancelKey {
    process: i32,
    secret: i32,
}

impl CancelKey {
    /// The request that cancels whatever the connection runs.
    pub(super) fn request(self) -> BytesMut {
        let mut buffer = BytesMut::new();
        postgres_protocol::message::frontend::cancel_request(self.process, self.secret, &mut buffer);
        buffer
    }
}

impl Connection {
    pub(super) fn cancel_key(&self) -> CancelKey {
        self.key
    }

    /// Reads what arrived while nobody asked; false when the server went away or said good-bye.
    pub(super) fn still_alive(&mut self) -> bool {
        use futures_util::FutureExt as _;
        loop {
            match self.stream.read_buf(&mut self.incoming).now_or_never() {
                None => break,
                Some(Ok(0) | Err(_)) => return false,
                Some(Ok(_)) => {}
            }
        }
        loop {
            match message::take(&mut self.incoming) {
                Ok(None) => return true,
                Ok(Some(message)) if message.is_asynchronous() => {}
                Ok(Some(_)) | Err(_) => return false,
            }
        }
    }

    /// Sends what has been gathered.
    async fn send(&mut self) -> Result<(), PgError> {
        if self.outgoing.len() <= WRITE_AT_ONCE {
            self.stream.write_all(&self.outgoing).await?;
        } else {
            let (mut read, mut write) = tokio::io::split(&mut self.stream);
            let mut writing = std::pin::pin!(write.write_all(&self.outgoing));
            loop {
                tokio::select! {
                    written = &mut writing => break written?,
                    count = read.read_buf(&mut self.incoming) => if count? == 0 {
                        return Err(closed());
                    },
                }
            }
        }
        self.outgoing.clear();
        Ok(())
    }

    /// The next message that answers something; notices and parameter reports pass by.
    async fn receive(&mut self) -> Result<Message, PgError> {
        loop {
            while let Some(message) = message::take(&mut self.incoming)? {
                if !message.is_asynchronous() {
                    return Ok(message);
                }
                message.log();
            }
            if self.stream.read_buf(&mut self.incoming).await? == 0 {
                return Err(closed());
            }
        }
    }
}

fn closed() -> PgError {
    PgError::Unavailable("the server closed the connection".to_owned())
}
