//! From bytes on disk to records and facts about them.
//!
//! In: paths of uploaded files. Out: [`FileFacts`] (what the file is) and [`Records`] (what it holds).
//! Invariant: streaming; a file of any size takes the same memory.

mod delimiter;
mod encoding;
mod facts;
mod guard;
mod header;
mod records;

pub use facts::{ColumnFacts, FileFacts, ValueCount, examine};
pub use records::{Dialect, Records};
