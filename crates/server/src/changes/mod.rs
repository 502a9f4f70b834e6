//! Follows the database's change stream and hands each transaction to `live`.
//!
//! In: the write-ahead log. Out: transactions, in commit order.
//! Invariant: a transaction is released only when new snapshots see it.
