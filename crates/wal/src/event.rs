//! What the stream tells its reader.

use std::sync::Arc;

use schema::{Lsn, Transaction};

/// One step of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The first connection stands: every transaction that commits after `at` follows.
    Started {
        /// The slot's consistent point.
        at: Lsn,
    },
    /// The connection is gone; nothing arrives until [`Event::Gap`].
    Lost {
        /// What broke it, for the log.
        reason: String,
    },
    /// Connected again: what committed between [`Event::Lost`] and `at` is unknown, all later transactions follow.
    Gap {
        /// The new slot's consistent point.
        at: Lsn,
    },
    /// A committed transaction.
    Transaction(Transaction),
    /// A committed transaction too large to hold: only the names of its tables are known.
    Oversized(Oversized),
}

/// A relation by schema and name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName {
    /// Its schema.
    pub schema: Arc<str>,
    /// Its name.
    pub table: Arc<str>,
}

/// A transaction that was let go for its size: whoever holds rows of these tables must read them again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oversized {
    /// Its 32-bit transaction id.
    pub xid: u32,
    /// Where its commit record starts in the log.
    pub commit_lsn: Lsn,
    /// Where the log continues after it.
    pub end_lsn: Lsn,
    /// Commit time in microseconds since 2000-01-01 UTC.
    pub commit_time_us: i64,
    /// The tables it changed, in order of name.
    pub tables: Vec<TableName>,
}
