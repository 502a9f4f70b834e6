//! The wall clock, read here and nowhere else.
//!
//! In: nothing. Out: the time now. Invariant: pure code takes the time as an argument instead.

use chrono::{DateTime, Utc};

/// The time now.
#[expect(clippy::disallowed_methods, reason = "this is the shell that reads the clock for everybody else")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}
