//! The outgoing side of one socket: a queue of bounded size.
//!
//! In: frames from anywhere. Out: batches for the task that writes them.
//! Invariant: whoever puts a frame in never waits. Changes and broadcasts beyond [`MAX_QUEUE_BYTES`] are refused; answers to the
//! client itself end the connection instead when it does not read them.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::ws::{CloseFrame, Message};
use tokio::sync::Notify;

use super::frame::Version;
use super::limits::MAX_QUEUE_BYTES;

/// Bytes handed to the connection at once.
const BATCH_BYTES: usize = 64 << 10;

/// The outgoing side of one socket.
#[derive(Debug)]
pub(super) struct Wire {
    pub(super) version: Version,
    state: Mutex<State>,
    /// There is something to write.
    ready: Notify,
    /// The socket's own task has something to look at.
    wake: Notify,
}

#[derive(Debug, Default)]
struct State {
    queue: VecDeque<Message>,
    /// Bytes queued or being written.
    bytes: usize,
    full_since: Option<Instant>,
    closing: Option<CloseFrame>,
    closed: bool,
}

/// What to write next.
#[derive(Debug)]
pub(super) enum Batch {
    /// Frames and their bytes, to be reported by [`Wire::written`].
    Frames(Vec<Message>, usize),
    /// The last frame.
    Close(CloseFrame),
}

impl Wire {
    pub(super) fn new(version: Version) -> Self {
        Self { version, state: Mutex::default(), ready: Notify::new(), wake: Notify::new() }
    }

    /// Puts in a frame that the client can do without, if there is room.
    pub(super) fn offer(&self, frame: Message) -> bool {
        let length = length(&frame);
        let mut state = self.state();
        if state.closed {
            return true;
        }
        // A frame that is alone may be longer than the room.
        if state.full_since.is_some() || (state.bytes > 0 && state.bytes + length > MAX_QUEUE_BYTES) {
            state.full_since.get_or_insert_with(Instant::now);
            return false;
        }
        state.push(frame, length);
        drop(state);
        self.ready.notify_one();
        true
    }

    /// Puts in an answer to the client.
    pub(super) fn send(&self, frame: Message) {
        let length = length(&frame);
        let mut state = self.state();
        if state.closed {
            return;
        }
        if state.bytes > 2 * MAX_QUEUE_BYTES {
            drop(state);
            self.close(1013, "slow reader");
            return;
        }
        state.push(frame, length);
        drop(state);
        self.ready.notify_one();
    }

    /// Ends the connection after what is queued; only the first call counts.
    pub(super) fn close(&self, code: u16, reason: &'static str) {
        let mut state = self.state();
        if !state.closed {
            state.closed = true;
            state.closing = Some(CloseFrame { code, reason: reason.into() });
        }
        drop(state);
        self.ready.notify_one();
        self.wake.notify_one();
    }

    /// Is the connection ending.
    pub(super) fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Asks the socket's task to look around.
    pub(super) fn wake(&self) {
        self.wake.notify_one();
    }

    /// Waits for [`Wire::wake`].
    pub(super) async fn woken(&self) {
        self.wake.notified().await;
    }

    /// Since when frames had to be refused; `None` once the queue has been empty again.
    pub(super) fn full_for(&self) -> Option<Duration> {
        self.state().full_since.map(|since| since.elapsed())
    }

    /// Waits for something to write.
    pub(super) async fn next(&self) -> Batch {
        loop {
            {
                let mut state = self.state();
                let mut frames = Vec::new();
                let mut bytes = 0;
                while bytes < BATCH_BYTES
                    && let Some(frame) = state.queue.pop_front()
                {
                    bytes += length(&frame);
                    frames.push(frame);
                }
                if !frames.is_empty() {
                    return Batch::Frames(frames, bytes);
                }
                if let Some(frame) = state.closing.take() {
                    return Batch::Close(frame);
                }
            }
            self.ready.notified().await;
        }
    }

    /// The connection has taken these bytes.
    pub(super) fn written(&self, bytes: usize) {
        let mut state = self.state();
        state.bytes = state.bytes.saturating_sub(bytes);
        if state.bytes == 0 && state.full_since.take().is_some() {
            drop(state);
            self.wake.notify_one();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn push(&mut self, frame: Message, length: usize) {
        self.bytes += length;
        self.queue.push_back(frame);
    }
}

fn length(frame: &Message) -> usize {
    match frame {
        Message::Text(text) => text.len(),
        Message::Binary(bytes) | Message::Ping(bytes) | Message::Pong(bytes) => bytes.len(),
        Message::Close(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(length: usize) -> Message {
        Message::Text("x".repeat(length).into())
    }

    #[tokio::test]
    async fn a_full_queue_refuses_until_it_has_been_empty() {
        let wire = Wire::new(Version::Two);
        let offered = (0..100).filter(|_| wire.offer(frame(10_000))).count();
        assert_eq!(offered, MAX_QUEUE_BYTES / 10_000);
        assert!(wire.full_for().is_some());
        let mut written = 0;
        while written < offered * 10_000 {
            assert!(!wire.offer(frame(1)), "refused while what is queued is on its way");
            let Batch::Frames(_, bytes) = wire.next().await else { panic!("not closing") };
            wire.written(bytes);
            written += bytes;
        }
        assert!(wire.full_for().is_none() && wire.offer(frame(1)));
    }

    #[tokio::test]
    async fn one_frame_may_be_longer_than_the_queue() {
        let wire = Wire::new(Version::Two);
        assert!(wire.offer(frame(2 * MAX_QUEUE_BYTES)));
        assert!(!wire.offer(frame(1)));
    }

    #[tokio::test]
    async fn what_was_queued_leaves_before_the_close() {
        let wire = Wire::new(Version::Two);
        wire.send(frame(3));
        wire.close(1012, "restart");
        wire.send(frame(4));
        assert!(matches!(wire.next().await, Batch::Frames(frames, 3) if frames.len() == 1));
        assert!(matches!(wire.next().await, Batch::Close(frame) if frame.code == 1012));
    }
}
