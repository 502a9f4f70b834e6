//! What all sockets share: the hub of subscriptions, the topics, and the way to call everybody.
//!
//! In: transactions and gaps from `changes`, channels from sockets. Out: frames into the channels' queues.
//! Invariant: nothing here waits; locks are held only to move memory.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::ws::Utf8Bytes;
use live::{Binding, Delivery, Encoded, Hub, Reader, Ticket};
use schema::{Catalog, Transaction};
use tokio::sync::broadcast;
use uuid::Uuid;

use super::frame::{Address, Version, write_text};
use super::seat::Seat;
use super::topics::Topics;

/// Calls that sockets may have to answer.
const CALLS: usize = 1024;

/// Something happened that concerns some sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// This session ended.
    Session(Uuid),
    /// This user's membership changed.
    User(Uuid),
    /// Anything may have changed: look at every session again.
    Everybody,
    /// The server stops.
    Shutdown,
}

/// The state of all sockets.
#[derive(Debug)]
pub struct Realtime {
    hub: Mutex<Hub<Arc<Seat>>>,
    pub(super) topics: Topics,
    signals: broadcast::Sender<Signal>,
    live: AtomicBool,
    sockets: AtomicUsize,
}

impl Default for Realtime {
    fn default() -> Self {
        let (signals, _) = broadcast::channel(CALLS);
        Self {
            hub: Mutex::default(),
            topics: Topics::default(),
            signals,
            live: AtomicBool::new(false),
            sockets: AtomicUsize::new(0),
        }
    }
}

impl Realtime {
    /// Delivers a released transaction.
    pub fn publish(&self, catalog: &Catalog, transaction: &Transaction) {
        let mut last = Last::default();
        self.hub().publish(catalog, transaction, |seat, delivery| match delivery {
            Delivery::Change { data, ids } => seat.offer(last.frame(seat, data, ids)),
            Delivery::Resync => seat.fall_behind(),
        });
    }

    /// Tells everybody who watches these tables (all tables, when `None`) to read again.
    pub fn resync(&self, tables: Option<&[(Arc<str>, Arc<str>)]>) {
        self.hub().resync(tables, |seat| seat.fall_behind());
    }

    /// The catalog was loaded again: what was learned from the older one is forgotten.
    pub fn forget_catalog(&self) {
        self.hub().forget_shapes();
    }

    /// Calls the sockets that a change of sessions concerns.
    pub fn signal(&self, signal: Signal) {
        // Nobody listens when there is no socket.
        let _ = self.signals.send(signal);
    }

    /// Says whether the change stream runs.
    pub fn set_live(&self, live: bool) {
        self.live.store(live, Ordering::Release);
    }

    /// Does the change stream run.
    pub fn is_live(&self) -> bool {
        self.live.load(Ordering::Acquire)
    }

    /// How many sockets are open.
    pub fn sockets(&self) -> usize {
        self.sockets.load(Ordering::Relaxed)
    }

    pub(super) fn count_socket(&self) -> SocketCount<'_> {
        self.sockets.fetch_add(1, Ordering::Relaxed);
        SocketCount(&self.sockets)
    }

    pub(super) fn signals(&self) -> broadcast::Receiver<Signal> {
        self.signals.subscribe()
    }

    /// Subscribes a channel. `answered` runs before any change can be queued, so that the client hears of its
    /// subscription first.
    pub(super) fn sit(
        &self,
        reader: Reader,
        bindings: Vec<Binding>,
        seat: Arc<Seat>,
        answered: impl FnOnce(),
    ) -> Ticket {
        let mut hub = self.hub();
        answered();
        hub.register(reader, bindings, seat)
    }

    /// Ends a channel's subscription.
    pub(super) fn stand_up(&self, ticket: Ticket) {
        self.hub().unregister(ticket);
    }

    fn hub(&self) -> MutexGuard<'_, Hub<Arc<Seat>>> {
        self.hub.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Counts a socket for as long as it is held.
pub(super) struct SocketCount<'a>(&'a AtomicUsize);

impl Drop for SocketCount<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

/// The frame written last: pages of the same kind subscribe alike, so most receivers share it.
#[derive(Default)]
struct Last(Vec<Written>);

struct Written {
    version: Version,
    topic: Arc<str>,
    ids: Vec<u64>,
    data: Encoded,
    frame: Utf8Bytes,
}

/// Kinds of pages that are remembered at once.
const REMEMBERED: usize = 8;

impl Last {
    fn frame(&mut self, seat: &Seat, data: &Encoded, ids: &[u64]) -> Utf8Bytes {
        let same_data = |written: &Written| std::ptr::eq(written.data.as_bytes().as_ptr(), data.as_bytes().as_ptr());
        self.0.retain(same_data);
        let version = seat.wire.version;
        let known = self.0.iter().find(|w| w.version == version && w.topic == seat.topic && w.ids == ids);
        if let Some(known) = known {
            return known.frame.clone();
        }
        let address = Address { join_ref: None, reference: None, topic: &seat.topic, event: "postgres_changes" };
        let list = ids.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
        let frame = write_text(version, address, &["{\"ids\":[", &list, "],\"data\":", data.as_str(), "}"]);
        if self.0.len() < REMEMBERED {
            let topic = seat.topic.clone();
            self.0.push(Written { version, topic, ids: ids.to_vec(), data: data.clone(), frame: frame.clone() });
        }
        frame
    }
}
