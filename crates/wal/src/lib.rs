//! Follows the database's log: a replication slot becomes a stream of committed transactions.
//!
//! In: where the primary is ([`Source`]).
//! Out: [`Event`]s in commit order; a break in the stream is an event of its own, never silence.
//! Invariant: the only place that opens a replication connection. Decoding is pure and survives any bytes; no
//! transaction is held in memory beyond its [`Limits`].

mod assemble;
mod backoff;
mod decode;
mod event;
mod source;
mod stream;

pub use assemble::{Assembler, Limits};
pub use decode::{DecodeError, Message, RelationMessage, Tuple, decode};
pub use event::{Event, Oversized, TableName};
pub use source::Source;
pub use stream::{DRIVER_LOG_TARGET, Stream, WalError};
