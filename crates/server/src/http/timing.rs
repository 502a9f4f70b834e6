//! Where a request's time goes, told to the client in `Server-Timing`.
//!
//! In: durations that the parts of a request report. Out: the header's value.
//! Invariant: the names and their order never change: auth, plan, cache, pool, db, total.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Finding out who calls.
    Auth,
    /// From the request's text to SQL.
    Plan,
    /// Looking in the response cache.
    Cache,
    /// Waiting for a connection.
    Pool,
    /// The database's round trips.
    Db,
}

const NAMES: [&str; 5] = ["auth", "plan", "cache", "pool", "db"];

/// The clock of one request; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Timing(Arc<[AtomicU64; NAMES.len()]>);

impl Timing {
    /// Adds time to a phase.
    pub fn add(&self, phase: Phase, spent: Duration) {
        if let Some(counter) = self.0.get(phase as usize) {
            counter.fetch_add(u64::try_from(spent.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }

    /// The header's value, in milliseconds.
    pub fn header(&self, total: Duration) -> String {
        let mut value = String::with_capacity(96);
        for (name, counter) in NAMES.iter().zip(self.0.iter()) {
            let ms = Duration::from_nanos(counter.load(Ordering::Relaxed)).as_secs_f64() * 1000.0;
            // Writing to a string cannot fail.
            let _ = write!(value, "{name};dur={ms:.2}, ");
        }
        let _ = write!(value, "total;dur={:.2}", total.as_secs_f64() * 1000.0);
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_is_named_even_when_nothing_was_spent() {
        let timing = Timing::default();
        timing.add(Phase::Db, Duration::from_micros(1500));
        assert_eq!(
            timing.header(Duration::from_millis(3)),
            "auth;dur=0.00, plan;dur=0.00, cache;dur=0.00, pool;dur=0.00, db;dur=1.50, total;dur=3.00"
        );
    }
}
