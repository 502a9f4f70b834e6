//! The words all crates share: names of tables, what the database looks like, and what changed in it.
//!
//! In: nothing. Out: plain data.
//! Invariant: no I/O, no clock, no knowledge of a driver or of HTTP.

mod catalog;
mod change;
mod index;
mod named;
mod relationship;

pub use catalog::{
    Argument, Catalog, Column, Function, MediaHandler, Relation, RelationKind, Representation, Returns, Volatility,
};
pub use change::{Change, ChangeColumn, Lsn, Op, Row, Transaction, Value};
pub use index::{Index, IndexKey, MEMBER_PREFIX};
pub use relationship::{ComputedRelationship, ForeignKey, ForeignKeys};
