//! The connection: opens a temporary slot, reads it, and begins anew when it breaks.
//!
//! In: a [`Source`]. Out: [`Event`]s, without end.
//! Invariant: between two connections there is always a [`Event::Lost`] and a [`Event::Gap`]: a temporary slot dies with its
//! connection, so what committed meanwhile is gone for good.

use std::time::Duration;

use pgwire_replication::{PgWireError, ReplicationClient, ReplicationConfig, ReplicationEvent};
use schema::Lsn;
use tokio::time::{Instant, sleep_until, timeout};

use crate::assemble::{Assembler, Limits};
use crate::backoff::Backoff;
use crate::decode::{DecodeError, Message, decode};
use crate::event::Event;
use crate::source::Source;

/// Values are written alike on every connection, whatever the server's defaults. A slot waits for every open write
/// transaction; the lock timeout ends a wait that somebody's forgotten transaction would make endless.
const SESSION: &str = "-c datestyle=ISO,YMD -c timezone=UTC -c intervalstyle=iso_8601 -c bytea_output=hex \
                       -c extra_float_digits=1 -c client_encoding=UTF8 -c lock_timeout=20s";
/// Where the driver logs; it repeats every failure that this module reports once.
pub const DRIVER_LOG_TARGET: &str = "pgwire_replication";
const OPEN_TIMEOUT: Duration = Duration::from_secs(30);
const STATUS_INTERVAL: Duration = Duration::from_secs(1);
/// Events waiting between the socket and the assembler.
const BUFFERED_MESSAGES: usize = 1024;
/// A single row beyond this breaks the stream (and so resynchronises everybody) instead of filling the memory.
const MAX_MESSAGE_BYTES: usize = 64 << 20;

/// Why a connection could not be opened or broke.
#[derive(Debug, thiserror::Error)]
pub enum WalError {
    /// The transport failed or the server refused.
    #[error("the replication connection failed")]
    Transport(#[from] PgWireError),
    /// A message could not be read.
    #[error("the replication stream could not be read")]
    Decode(#[from] DecodeError),
    /// The slot was not ready in time.
    #[error("the replication slot was not ready in {} s; an open write transaction may block it", OPEN_TIMEOUT.as_secs())]
    SlotTimeout,
    /// The server's answer to the slot's creation has no position.
    #[error("the server did not say where the replication slot starts")]
    NoStart,
    /// The server closed the stream.
    #[error("the server ended the replication stream")]
    Ended,
    /// Nothing came for too long, not even a sign of life.
    #[error("the primary was silent for {} s", .0.as_secs())]
    Silent(Duration),
}

/// The endless stream of a database's changes.
pub struct Stream {
    source: Source,
    limits: Limits,
    backoff: Backoff,
    link: Link,
    started: bool,
    attempt: u64,
    /// Why the last attempts failed: said once, not every three seconds.
    failure: Option<String>,
}

enum Link {
    Down { retry_at: Instant },
    Up(Box<Open>),
}

struct Open {
    client: ReplicationClient,
    assembler: Assembler,
    longest_silence: Duration,
}

impl Stream {
    /// A stream that connects when it is first read.
    pub fn new(source: Source, limits: Limits) -> Self {
        let link = Link::Down { retry_at: Instant::now() };
        Self { source, limits, backoff: Backoff::default(), link, started: false, attempt: 0, failure: None }
    }

    /// Waits for the next event; connects again by itself after a break, with growing pauses.
    ///
    /// Not to be cancelled while it connects: read it from a task of its own.
    pub async fn next(&mut self) -> Event {
        loop {
            match &mut self.link {
                Link::Up(open) => match open.next().await {
                    Ok(event) => return event,
                    Err(error) => {
                        self.link = Link::Down { retry_at: Instant::now() + self.backoff.wait() };
                        return Event::Lost { reason: describe(&error) };
                    }
                },
                Link::Down { retry_at } => {
                    sleep_until(*retry_at).await;
                    match self.open().await {
                        Ok(at) if self.started => return Event::Gap { at },
                        Ok(at) => {
                            self.started = true;
                            return Event::Started { at };
                        }
                        Err(error) => {
                            let wait = self.backoff.wait();
                            self.report(describe(&error));
                            self.link = Link::Down { retry_at: Instant::now() + wait };
                        }
                    }
                }
            }
        }
    }

    fn report(&mut self, failure: String) {
        if self.failure.as_ref() == Some(&failure) {
            tracing::debug!(error = failure, "the change stream could not connect again");
        } else {
            tracing::warn!(error = failure, "the change stream could not connect; it keeps trying");
            self.failure = Some(failure);
        }
    }

    async fn open(&mut self) -> Result<Lsn, WalError> {
        self.attempt += 1;
        // The server may not have noticed yet that the last connection is dead, so its slot's name may be taken.
        let slot = format!("{}_{}", self.source.slot_prefix, self.attempt);
        let mut client = ReplicationClient::connect_gated(config(&self.source, &slot)).await?;
        let opened = timeout(OPEN_TIMEOUT, open_slot(&mut client, &slot)).await;
        let at = match opened {
            Ok(Ok(at)) => at,
            Ok(Err(error)) => {
                client.abort();
                return Err(error);
            }
            Err(_) => {
                client.abort();
                return Err(WalError::SlotTimeout);
            }
        };
        self.backoff.reset();
        self.failure = None;
        let assembler = Assembler::new(self.limits);
        let longest_silence = self.source.longest_silence;
        self.link = Link::Up(Box::new(Open { client, assembler, longest_silence }));
        Ok(at)
    }
}

fn config(source: &Source, slot: &str) -> ReplicationConfig {
    let mut config = ReplicationConfig::new(
        source.host.clone(),
        source.user.clone(),
        source.password.clone(),
        source.database.clone(),
        slot,
        source.publication.clone(),
    );
    config.port = source.port;
    config.status_interval = STATUS_INTERVAL;
    // A primary that has heard from us lately does not ask whether we live, so on an idle database neither side would
    // ever speak: our own sign of life comes after its question, which is our proof that it lives.
    config.idle_wakeup_interval = source.longest_silence;
    config.buffer_events = BUFFERED_MESSAGES;
    config.max_message_size = MAX_MESSAGE_BYTES;
    let sender_timeout = source.longest_silence.as_millis() * 2 / 3;
    config.options = Some(format!("{SESSION} -c wal_sender_timeout={sender_timeout}ms"));
    config.application_name = Some("rapport change stream".to_owned());
    config
}

async fn open_slot(client: &mut ReplicationClient, slot: &str) -> Result<Lsn, WalError> {
    let command = format!("CREATE_REPLICATION_SLOT {slot} TEMPORARY LOGICAL pgoutput (SNAPSHOT 'nothing')");
    let rows = client.simple_query(&command).await?;
    let at = rows
        .first()
        .and_then(|row| row.get(1)?.as_ref())
        .and_then(|text| std::str::from_utf8(text).ok())
        .and_then(|text| text.parse::<pgwire_replication::Lsn>().ok())
        .ok_or(WalError::NoStart)?;
    client.start().await?;
    client.wait_started().await?;
    Ok(Lsn(at.as_u64()))
}

impl Open {
    async fn next(&mut self) -> Result<Event, WalError> {
        loop {
            let received = timeout(self.longest_silence, self.client.recv())
                .await
                .map_err(|_| WalError::Silent(self.longest_silence))?;
            let message = match received?.ok_or(WalError::Ended)? {
                ReplicationEvent::Begin { final_lsn, xid, commit_time_micros } => {
                    Message::Begin { commit_lsn: Lsn(final_lsn.as_u64()), commit_time_us: commit_time_micros, xid }
                }
                ReplicationEvent::Commit { lsn, end_lsn, commit_time_micros } => {
                    // Confirmed on receipt: nothing is ever read again from a temporary slot, and a primary that counts
                    // this connection among its synchronous standbys must not wait for our own wait for visibility.
                    self.client.update_applied_lsn(end_lsn);
                    Message::Commit {
                        commit_lsn: Lsn(lsn.as_u64()),
                        end_lsn: Lsn(end_lsn.as_u64()),
                        commit_time_us: commit_time_micros,
                    }
                }
                ReplicationEvent::XLogData { data, .. } => decode(data)?,
                ReplicationEvent::KeepAlive { wal_end, .. } => {
                    if !self.assembler.in_transaction() {
                        self.client.update_applied_lsn(wal_end);
                    }
                    continue;
                }
                ReplicationEvent::Message { .. } => continue,
                ReplicationEvent::StoppedAt { .. } => return Err(WalError::Ended),
            };
            if let Some(event) = self.assembler.take(message)? {
                return Ok(event);
            }
        }
    }
}

/// The error with its causes on one line.
fn describe(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}
