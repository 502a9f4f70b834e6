//! The loop: reads the stream, waits until what it read is visible, applies it.
//!
//! In: events of `wal`. Out: calls of `apply`, in order.
//! Invariant: log positions run ahead of visibility. A transaction waits here until a snapshot taken after it was read
//! sees it; the order is kept, and what was waiting when the stream broke is covered by the gap that follows.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use wal::{Event, Limits, Source, Stream};

use super::apply::apply;
use super::visibility::Snapshot;
use crate::app::App;
use crate::entropy;
use crate::pg::{Host, PgError, Target};

const CURRENT_SNAPSHOT: &str = include_str!("sql/current_snapshot.sql");
const PUBLICATION: &str = "rapport";
/// Transactions read ahead of the one that waits for its visibility.
const READ_AHEAD: usize = 256;
/// What one transaction may hold in memory; a larger one is told as "read again".
const LIMITS: Limits = Limits { changes: 50_000, bytes: 32 << 20 };
/// A primary that decodes a large transaction may be quiet for a while.
const LONGEST_SILENCE: Duration = Duration::from_secs(60);
const FIRST_WAIT: Duration = Duration::from_micros(100);
const LONGEST_WAIT: Duration = Duration::from_millis(20);
/// A connection that takes longer is dead.
const LONGEST_LOOK: Duration = Duration::from_secs(5);

/// Follows the change stream until the task is aborted.
pub fn start(app: &App) -> JoinHandle<()> {
    let app = app.clone();
    tokio::spawn(async move {
        let (sender, receiver) = mpsc::channel(READ_AHEAD);
        let breaks = Arc::new(AtomicU64::new(0));
        let stream = Stream::new(source(app.pg.target()), LIMITS);
        tokio::join!(read(stream, sender, &breaks), release(&app, receiver, &breaks));
    })
}

fn source(target: &Target) -> Source {
    let host = match &target.host {
        Host::Unix(directory) => directory.display().to_string(),
        Host::Tcp(name) => name.clone(),
    };
    Source {
        host,
        port: target.port,
        user: target.user.clone(),
        password: target.password.as_deref().map(String::from_utf8_lossy).unwrap_or_default().into_owned(),
        database: target.database.clone(),
        publication: PUBLICATION.to_owned(),
        slot_prefix: format!("rapport_{}", entropy::uuid_v7().simple()),
        longest_silence: LONGEST_SILENCE,
    }
}

/// An event and how often the stream had broken when it was read.
type Read = (u64, Event);

async fn read(mut stream: Stream, sender: mpsc::Sender<Read>, breaks: &AtomicU64) {
    loop {
        let event = stream.next().await;
        let count = if matches!(event, Event::Lost { .. }) {
            breaks.fetch_add(1, Ordering::Relaxed) + 1
        } else {
            breaks.load(Ordering::Relaxed)
        };
        if sender.send((count, event)).await.is_err() {
            return;
        }
    }
}

async fn release(app: &App, mut receiver: mpsc::Receiver<Read>, breaks: &AtomicU64) {
    let mut guard = Guard { app, client: None };
    let mut waiting: VecDeque<Read> = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match receiver.recv().await {
                Some(read) => waiting.push_back(read),
                None => return,
            }
        }
        while waiting.len() < READ_AHEAD
            && let Ok(read) = receiver.try_recv()
        {
            waiting.push_back(read);
        }
        guard.wait(&waiting, breaks).await;
        let mut released = 0;
        let now = breaks.load(Ordering::Relaxed);
        while let Some((count, event)) = waiting.front() {
            // A gap is on its way and makes everybody read again; this one may never become visible.
            let overtaken = *count < now;
            match xid(event) {
                Some(_) if overtaken => {}
                Some(xid) if !guard.sees(xid) => break,
                _ => apply(app, event),
            }
            waiting.pop_front();
            released += 1;
            if released % 64 == 0 {
                tokio::task::yield_now().await;
            }
        }
    }
}

fn xid(event: &Event) -> Option<u32> {
    match event {
        Event::Transaction(transaction) => Some(transaction.xid),
        Event::Oversized(large) => Some(large.xid),
        Event::Started { .. } | Event::Lost { .. } | Event::Gap { .. } => None,
    }
}

/// Knows which transactions are visible.
struct Guard<'a> {
    app: &'a App,
    client: Option<(deadpool_postgres::Client, Option<Snapshot>)>,
}

impl Guard<'_> {
    /// Waits until the first of the events can be released.
    async fn wait(&mut self, waiting: &VecDeque<Read>, breaks: &AtomicU64) {
        let Some((count, first)) = waiting.front() else { return };
        let Some(xid) = xid(first) else { return };
        let mut pause = FIRST_WAIT;
        while *count == breaks.load(Ordering::Relaxed) {
            // Always a new snapshot: one that was taken before the others were read sees none of them.
            match tokio::time::timeout(LONGEST_LOOK, self.look()).await.unwrap_or(Err(PgError::PoolTimeout)) {
                Ok(()) if self.sees(xid) => return,
                Ok(()) => {}
                Err(error) => {
                    self.client = None;
                    pause = LONGEST_WAIT;
                    tracing::debug!(%error, "cannot ask what is visible");
                }
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_WAIT);
        }
    }

    fn sees(&self, xid: u32) -> bool {
        matches!(&self.client, Some((_, Some(snapshot))) if snapshot.sees(xid))
    }

    async fn look(&mut self) -> Result<(), PgError> {
        if self.client.is_none() {
            self.client = Some((self.app.pg.system().await?, None));
        }
        let Some((client, snapshot)) = &mut self.client else { return Ok(()) };
        let statement = client.prepare_cached(CURRENT_SNAPSHOT).await?;
        let row = client.query_one(&statement, &[]).await?;
        let text: &str = row.try_get(0)?;
        *snapshot = Some(Snapshot::parse(text).ok_or(PgError::Protocol("a snapshot is unreadable"))?);
        Ok(())
    }
}
