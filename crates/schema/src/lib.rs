//! The words all crates share: names of tables, what the database looks like, and what changed in it.
//!
//! In: nothing. Out: plain data.
//! Invariant: no I/O, no clock, no knowledge of a driver or of HTTP.

mod catalog;
mod change;

pub use catalog::{
    Argument, Catalog, Column, ForeignKey, Function, MediaHandler, Relation, RelationKind, Returns, Volatility,
};
pub use change::{Change, ChangeColumn, Lsn, Op, Row, Transaction, Value};
