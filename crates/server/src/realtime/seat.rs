//! A channel as the hub sees it: where its changes go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::ws::{Message, Utf8Bytes};

use super::wire::Wire;

/// One channel's place in the hub.
#[derive(Debug)]
pub(super) struct Seat {
    pub(super) wire: Arc<Wire>,
    pub(super) topic: Arc<str>,
    /// It may have missed something and has not been told yet.
    behind: AtomicBool,
}

impl Seat {
    pub(super) fn new(wire: Arc<Wire>, topic: Arc<str>) -> Self {
        Self { wire, topic, behind: AtomicBool::new(false) }
    }

    /// Delivers a change, or remembers that it could not.
    pub(super) fn offer(&self, frame: Utf8Bytes) {
        if !self.wire.offer(Message::Text(frame)) {
            self.fall_behind();
        }
    }

    /// The channel has missed something: its socket's task will say so.
    pub(super) fn fall_behind(&self) {
        if !self.behind.swap(true, Ordering::AcqRel) {
            self.wire.wake();
        }
    }

    /// Has it missed something that it was not told of.
    pub(super) fn is_behind(&self) -> bool {
        self.behind.load(Ordering::Acquire)
    }

    /// It is being told.
    pub(super) fn caught_up(&self) {
        self.behind.store(false, Ordering::Release);
    }
}
