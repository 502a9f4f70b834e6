//! The connections that serve requests; the one place that opens them.
//!
//! In: a [`Target`] and a size. Out: a [`Lease`] of one connection.
//! Invariant: a connection comes back only when its user says that it is clean. One that is dropped half-way has its
//! statement cancelled and is closed, so nothing of a request can reach the next one.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::wire::{self, Connection};
use super::{PgError, Target, Whose};

/// A bounded set of connections.
#[derive(Clone)]
pub(super) struct Pool(Arc<Inner>);

struct Inner {
    whose: Whose,
    target: Target,
    permits: Arc<Semaphore>,
    wait: Duration,
    idle: Mutex<Vec<Connection>>,
}

/// One connection, for as long as it is held.
pub(super) struct Lease {
    pool: Pool,
    held: Option<(Connection, OwnedSemaphorePermit)>,
}

impl Pool {
    pub(super) fn new(whose: Whose, target: Target, size: usize, wait: Duration) -> Self {
        let permits = Arc::new(Semaphore::new(size));
        Self(Arc::new(Inner { whose, target, permits, wait, idle: Mutex::default() }))
    }

    /// An idle connection, or a new one, or an error after the longest wait.
    pub(super) async fn get(&self) -> Result<Lease, PgError> {
        let permit = tokio::time::timeout(self.0.wait, Arc::clone(&self.0.permits).acquire_owned()).await;
        let permit = permit.map_err(|_| PgError::PoolTimeout)?.map_err(|_| PgError::Unavailable("closing".into()))?;
        while let Some(mut connection) = self.idle().pop() {
            if connection.still_alive() {
                return Ok(Lease { pool: self.clone(), held: Some((connection, permit)) });
            }
        }
        let connection = Connection::open(self.0.whose, &self.0.target).await?;
        Ok(Lease { pool: self.clone(), held: Some((connection, permit)) })
    }

    /// How many connections are free or may still be opened.
    pub(super) fn available(&self) -> usize {
        self.0.permits.available_permits()
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Connection>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lease {
    /// The connection.
    pub(super) fn connection(&mut self) -> Result<&mut Connection, PgError> {
        self.held.as_mut().map(|(connection, _)| connection).ok_or(PgError::Protocol("a connection was used twice"))
    }

    /// Gives the connection back: its last answer is read and no transaction is open.
    pub(super) fn give_back(mut self) {
        if let Some((connection, permit)) = self.held.take() {
            self.pool.idle().push(connection);
            drop(permit);
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let (Some((connection, permit)), Ok(runtime)) = (self.held.take(), tokio::runtime::Handle::try_current())
        else {
            return;
        };
        let target = self.pool.0.target.clone();
        // The place in the pool is free again only when the server is no longer busy with us.
        runtime.spawn(async move {
            let cancelling = cancel(&target, &connection);
            let _ = tokio::time::timeout(Duration::from_secs(5), cancelling).await;
            drop(connection);
            drop(permit);
        });
    }
}

/// Asks the server to stop what the connection is doing, and waits until it has heard.
async fn cancel(target: &Target, connection: &Connection) -> Result<(), PgError> {
    let mut stream = wire::open(target).await?;
    stream.write_all(&connection.cancel_key().request()).await?;
    stream.read_to_end(&mut Vec::new()).await?;
    Ok(())
}
