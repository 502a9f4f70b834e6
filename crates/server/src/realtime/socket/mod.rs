//! One socket from its first frame to its last.
//!
//! In: frames of the client, signals of the server. Out: answers, in the queue of the socket's [`Wire`].
//! Invariant: one task reads and decides, another only writes, so a client that does not read holds up nobody; a socket
//! that ends leaves nothing of itself in the hub or in a topic.

mod channel;
mod events;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use futures_util::stream::{SplitSink, StreamExt as _};
use futures_util::{FutureExt as _, SinkExt as _};
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, sleep_until, timeout};

use super::frame::{Version, read_binary, read_text};
use super::limits::{Bucket, IDLE_FOR, JOINS, MESSAGES, SLOW_FOR};
use super::state::Signal;
use super::wire::{Batch, Wire};
use crate::app::App;
use channel::Channel;

/// How long the last frames may take to leave.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// What a socket was opened with.
#[derive(Debug)]
pub(super) struct Opening {
    pub(super) version: Version,
    pub(super) apikey: String,
    /// The client understands the system message `resync`; others are made to join again.
    pub(super) resync_by_message: bool,
}

/// A socket's state, owned by its task.
struct Socket {
    app: App,
    wire: Arc<Wire>,
    apikey: String,
    resync_by_message: bool,
    channels: HashMap<Arc<str>, Channel>,
    messages: Bucket,
    joins: Bucket,
    heard_at: Instant,
}

/// Serves a socket until either side ends it.
pub(super) async fn run(app: App, socket: WebSocket, opening: Opening) {
    let shared = app.clone();
    let _count = shared.realtime.count_socket();
    let mut signals = app.realtime.signals();
    let wire = Arc::new(Wire::new(opening.version));
    let (sink, mut frames) = socket.split();
    let mut writer = tokio::spawn(write(sink, wire.clone()));
    let mut socket = Socket::new(app, wire.clone(), opening);
    loop {
        let deadline = socket.deadline();
        tokio::select! {
            frame = frames.next() => match frame {
                Some(Ok(frame)) => socket.hear(frame).await,
                Some(Err(_)) | None => break,
            },
            signal = signals.recv() => match signal {
                Ok(signal) => socket.answer(signal).await,
                Err(RecvError::Lagged(_)) => socket.answer(Signal::Everybody).await,
                Err(RecvError::Closed) => break,
            },
            () = wire.woken() => {}
            () = sleep_until(deadline) => socket.look_at_the_clock().await,
            _ = &mut writer => break,
        }
        socket.catch_up();
        if wire.is_closed() {
            break;
        }
    }
    socket.leave_everything();
    wire.close(1000, "");
    if !writer.is_finished() && timeout(LAST_WORDS, &mut writer).await.is_err() {
        writer.abort();
    }
}

/// Writes what is queued until the connection ends.
async fn write(mut sink: SplitSink<WebSocket, Message>, wire: Arc<Wire>) {
    loop {
        match wire.next().await {
            Batch::Frames(frames, bytes) => {
                for frame in frames {
                    if sink.feed(frame).await.is_err() {
                        return;
                    }
                }
                if sink.flush().await.is_err() {
                    return;
                }
                wire.written(bytes);
            }
            Batch::Close(frame) => {
                let _ = sink.send(Message::Close(Some(frame))).await;
                return;
            }
        }
    }
}

impl Socket {
    fn new(app: App, wire: Arc<Wire>, opening: Opening) -> Self {
        let now = Instant::now();
        Self {
            app,
            wire,
            apikey: opening.apikey,
            resync_by_message: opening.resync_by_message,
            channels: HashMap::new(),
            messages: Bucket::new(MESSAGES, now.into_std()),
            joins: Bucket::new(JOINS, now.into_std()),
            heard_at: now,
        }
    }

    async fn hear(&mut self, frame: Message) {
        self.heard_at = Instant::now();
        let incoming = match &frame {
            Message::Text(text) => read_text(self.wire.version, text),
            Message::Binary(bytes) => read_binary(bytes),
            Message::Close(_) => {
                self.wire.close(1000, "");
                return;
            }
            Message::Ping(_) | Message::Pong(_) => return,
        };
        // A frame that cannot be read is dropped; the connection goes on.
        if let Some(incoming) = incoming {
            self.dispatch(incoming).boxed().await;
        }
    }

    async fn answer(&mut self, signal: Signal) {
        if signal == Signal::Shutdown {
            self.wire.close(1012, "the server restarts");
            return;
        }
        let concerned = |channel: &&Channel| {
            channel.access.as_ref().is_some_and(|access| match signal {
                Signal::Session(session_id) => access.session_id == session_id,
                Signal::User(user_id) => access.user_id == user_id,
                Signal::Everybody | Signal::Shutdown => true,
            })
        };
        let topics: Vec<Arc<str>> = self.channels.values().filter(concerned).map(|c| c.seat.topic.clone()).collect();
        for topic in topics {
            self.recheck(&topic).await;
        }
    }

    async fn look_at_the_clock(&mut self) {
        if self.heard_at.elapsed() >= IDLE_FOR {
            self.wire.close(1000, "idle");
            return;
        }
        if self.wire.full_for().is_some_and(|full_for| full_for >= SLOW_FOR) {
            tracing::debug!("a socket that does not read is closed");
            self.wire.close(1013, "slow reader");
            return;
        }
        let now = Instant::now();
        let due = |channel: &&Channel| channel.access.is_some() && channel.look_again_at <= now;
        let topics: Vec<Arc<str>> = self.channels.values().filter(due).map(|c| c.seat.topic.clone()).collect();
        for topic in topics {
            self.recheck(&topic).await;
        }
    }

    /// When something happens without anybody's doing.
    fn deadline(&self) -> Instant {
        let looks = self.channels.values().filter(|channel| channel.access.is_some()).map(|c| c.look_again_at);
        let slow = self.wire.full_for().map(|full_for| Instant::now() + SLOW_FOR.saturating_sub(full_for));
        let resyncs = self.channels.values().filter(|channel| channel.seat.is_behind()).map(|c| c.resync_at);
        let resyncs = resyncs.filter(|_| slow.is_none());
        looks.chain(slow).chain(resyncs).fold(self.heard_at + IDLE_FOR, Instant::min)
    }

    /// Tells the channels that missed something, as soon as there is room for it.
    fn catch_up(&mut self) {
        if self.wire.full_for().is_some() {
            return;
        }
        let now = Instant::now();
        let behind = |channel: &&Channel| channel.seat.is_behind() && channel.resync_at <= now;
        let topics: Vec<Arc<str>> = self.channels.values().filter(behind).map(|c| c.seat.topic.clone()).collect();
        for topic in topics {
            self.resync(&topic);
        }
    }

    fn leave_everything(&mut self) {
        let topics: Vec<Arc<str>> = self.channels.keys().cloned().collect();
        for topic in topics {
            self.remove(&topic);
        }
    }
}
