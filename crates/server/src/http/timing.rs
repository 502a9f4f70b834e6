//! Where a request's time goes, told to the client in `Server-Timing`.
//!
//! In: durations that the parts of a request report. Out: the header's value.
//! Invariant: the product's names and their order never change: auth, plan, cache, pool, db, total.

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::pg::Usage;

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
    /// Taking the request apart.
    Parse,
    /// Putting the answer together.
    Respond,
}

const NAMES: [(Phase, &str); 5] =
    [(Phase::Auth, "auth"), (Phase::Plan, "plan"), (Phase::Cache, "cache"), (Phase::Pool, "pool"), (Phase::Db, "db")];

/// The clock of one request; clones share it.
#[derive(Debug, Clone, Default)]
pub struct Timing(Arc<Clock>);

#[derive(Debug, Default)]
struct Clock {
    phases: [AtomicU64; Phase::Respond as usize + 1],
    statements: AtomicU64,
}

impl Timing {
    /// Adds time to a phase, which thereby has been reached.
    pub fn add(&self, phase: Phase, spent: Duration) {
        if let Some(counter) = self.0.phases.get(phase as usize) {
            counter.fetch_add(u64::try_from(spent.as_nanos()).unwrap_or(u64::MAX).max(1), Ordering::Relaxed);
        }
    }

    /// Adds a visit to the database that took so long in all.
    pub fn add_database(&self, took: Duration, usage: &Usage) {
        self.add(Phase::Pool, usage.waited());
        self.add(Phase::Db, took.saturating_sub(usage.waited()));
        self.0.statements.fetch_add(usage.statements(), Ordering::Relaxed);
    }

    /// The header's value, in milliseconds; the database's part says how many statements it was.
    pub fn header(&self, total: Duration) -> String {
        let mut value = String::with_capacity(96);
        for (phase, name) in NAMES {
            // Writing to a string cannot fail.
            let _ = write!(value, "{name};dur={:.2}", self.spent(phase).unwrap_or_default());
            if phase == Phase::Db {
                let _ = write!(value, ";desc=\"{} statements\"", self.0.statements.load(Ordering::Relaxed));
            }
            value.push_str(", ");
        }
        let _ = write!(value, "total;dur={:.2}", total.as_secs_f64() * 1000.0);
        value
    }

    /// A header's value of these phases, as far as they were reached.
    pub fn reached(&self, names: &[(Phase, &str)]) -> String {
        let reached = names.iter().filter_map(|(phase, name)| Some(format!("{name};dur={:.3}", self.spent(*phase)?)));
        reached.collect::<Vec<_>>().join(", ")
    }

    /// The milliseconds spent in a phase, if it was reached.
    fn spent(&self, phase: Phase) -> Option<f64> {
        let nanos = self.0.phases.get(phase as usize)?.load(Ordering::Relaxed);
        (nanos > 0).then(|| Duration::from_nanos(nanos).as_secs_f64() * 1000.0)
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
            "auth;dur=0.00, plan;dur=0.00, cache;dur=0.00, pool;dur=0.00, db;dur=1.50;desc=\"0 statements\", total;dur=3.00"
        );
    }
}
