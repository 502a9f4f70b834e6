//! The demo workspace: a small company at work.
//!
//! In: a migrated database. Out: workspace `Demo` with its users and records.
//! Invariant: it is made once; a second start leaves it alone.
