//! Two years, and where in them the n-th of many things happens.
//!
//! In: the end. Out: moments in ascending order.
//! Invariant: later ordinals are never earlier, so that tables are written in the order of their time.

use chrono::{DateTime, Duration, Utc};

use super::dice::Dice;

const DAYS: i64 = 730;

/// The two years.
#[derive(Debug, Clone, Copy)]
pub(super) struct Timeline {
    end: DateTime<Utc>,
}

impl Timeline {
    pub(super) fn until(end: DateTime<Utc>) -> Self {
        Self { end }
    }

    pub(super) fn start(self) -> DateTime<Utc> {
        self.end - Duration::days(DAYS)
    }

    pub(super) fn end(self) -> DateTime<Utc> {
        self.end
    }

    /// When the `n`-th of `count` things happens, somewhere in its slot.
    pub(super) fn at(self, n: usize, count: usize, dice: &mut Dice) -> DateTime<Utc> {
        let span = i128::from(Duration::days(DAYS).num_microseconds().unwrap_or(0));
        let slot = span / (count.max(1) as i128);
        let into = dice.below(usize::try_from(slot).unwrap_or(1).max(1)) as i128;
        let offset = i64::try_from(slot * n as i128 + into).unwrap_or(0);
        self.start() + Duration::microseconds(offset)
    }
}

/// As COPY reads it.
pub(super) fn stamp(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M:%S%.6f+00").to_string()
}
