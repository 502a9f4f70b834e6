//! What happened in the database, as the log tells it.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use serde::{Deserialize, Serialize};

/// A position in the write-ahead log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Lsn(pub u64);

impl fmt::Display for Lsn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:X}/{:X}", self.0 >> 32, self.0 & 0xFFFF_FFFF)
    }
}

/// One column's value as PostgreSQL writes it in text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// SQL null.
    Null,
    /// Text form, UTF-8.
    Text(Bytes),
    /// A stored value that the change did not touch and the log does not repeat.
    Unchanged,
}

/// The values of one row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Values in the order of [`Change::columns`].
    pub values: Vec<Value>,
}

/// What was done to a row or a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// A new row.
    Insert {
        /// The row.
        new: Row,
    },
    /// A changed row; `old` as far as the table's replica identity tells.
    Update {
        /// The row before.
        old: Option<Row>,
        /// The row after.
        new: Row,
    },
    /// A removed row, as far as the table's replica identity tells.
    Delete {
        /// The row before; columns outside the replica identity are null.
        old: Row,
    },
    /// All rows are gone.
    Truncate,
}

/// One change to one relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The relation's schema.
    pub schema: Arc<str>,
    /// The relation's name.
    pub table: Arc<str>,
    /// Its oid.
    pub oid: u32,
    /// Its columns, shared by all changes of the relation.
    pub columns: Arc<[ChangeColumn]>,
    /// What was done.
    pub op: Op,
}

/// A column of a changed relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeColumn {
    /// Its name.
    pub name: Arc<str>,
    /// Its type's oid.
    pub type_oid: u32,
    /// Is it part of the replica identity.
    pub key: bool,
}

/// A committed transaction, in commit order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// Its 32-bit transaction id.
    pub xid: u32,
    /// Where its commit record starts in the log.
    pub commit_lsn: Lsn,
    /// Where the log continues after it: everything before is applied once this transaction is.
    pub end_lsn: Lsn,
    /// Commit time in microseconds since 2000-01-01 UTC.
    pub commit_time_us: i64,
    /// Its changes in order.
    pub changes: Vec<Change>,
}
