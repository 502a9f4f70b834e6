//! Follows the database's change stream and hands each transaction to memory and sockets.
//!
//! In: the write-ahead log, by `wal`. Out: forgotten sessions first, then deliveries, in commit order.
//! Invariant: a transaction is released only when new snapshots on the primary see it, so who reads again because of an
//! event reads at least that state.

mod apply;
mod definition;
mod follow;
mod visibility;

pub use definition::keep_definition;
pub use follow::start;
