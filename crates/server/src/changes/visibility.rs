//! Does a snapshot see a transaction.
//!
//! In: `pg_current_snapshot()` as text, a 32-bit transaction id from the log. Out: yes or no.
//! Invariant: for a transaction that has committed, "yes" stays "yes" for every later snapshot.

/// A snapshot: everything below `xmin` is over, nothing from `xmax` on has ended, `running` is between the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Snapshot {
    xmin: u64,
    xmax: u64,
    running: Vec<u64>,
}

impl Snapshot {
    /// Reads `xmin:xmax:xip,xip,…`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ':');
        let xmin = parts.next()?.parse().ok()?;
        let xmax = parts.next()?.parse().ok()?;
        let running = parts.next()?.split(',').filter(|xid| !xid.is_empty());
        let mut running: Vec<u64> = running.map(str::parse).collect::<Result<_, _>>().ok()?;
        running.sort_unstable();
        Some(Self { xmin, xmax, running })
    }

    /// Does it see a committed transaction of this id. The log has only the lower half of an id; the upper half is
    /// that of the nearest id to this snapshot's.
    pub(super) fn sees(&self, xid: u32) -> bool {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_possible_wrap,
            reason = "distance on the 32-bit circle"
        )]
        let distance = xid.wrapping_sub(self.xmax as u32) as i32;
        let Some(full) = self.xmax.checked_add_signed(i64::from(distance)) else { return true };
        full < self.xmin || (full < self.xmax && self.running.binary_search(&full).is_err())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn sees(snapshot: &str, xid: u32) -> bool {
        Snapshot::parse(snapshot).unwrap().sees(xid)
    }

    #[test]
    fn a_snapshot_sees_what_ended_before_it() {
        assert!(sees("100:105:100,102", 99));
        assert!(!sees("100:105:100,102", 100));
        assert!(sees("100:105:100,102", 101));
        assert!(!sees("100:105:100,102", 102));
        assert!(sees("100:105:100,102", 104));
        assert!(!sees("100:105:100,102", 105));
        assert!(sees("100:100:", 99));
    }

    #[test]
    fn ids_are_compared_across_the_wrap_of_their_lower_half() {
        let epoch = 1_u64 << 32;
        let snapshot = format!("{}:{}:{}", epoch - 2, epoch + 5, epoch + 3);
        assert!(sees(&snapshot, u32::MAX - 2));
        assert!(sees(&snapshot, u32::MAX), "just before the wrap, not running");
        assert!(sees(&snapshot, 4));
        assert!(!sees(&snapshot, 3));
        assert!(!sees(&snapshot, 6));
    }

    #[test]
    fn a_text_that_is_no_snapshot_is_refused() {
        for text in ["", "1", "1:2", "a:2:", "1:2:x"] {
            assert_eq!(Snapshot::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_running_transaction_is_never_seen(
            xmin in 3_u64..1 << 40,
            ahead in prop::collection::btree_set(0_u64..1000, 0..20),
            beyond in 0_u64..1000,
        ) {
            let running: Vec<u64> = ahead.iter().map(|offset| xmin + offset).collect();
            let xmax = running.last().map_or(xmin, |last| last + 1) + beyond;
            let list = running.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
            let snapshot = Snapshot::parse(&format!("{xmin}:{xmax}:{list}")).unwrap();
            for full in xmin.saturating_sub(50)..xmax + 50 {
                let expected = full < xmax && !running.contains(&full);
                prop_assert_eq!(snapshot.sees(full as u32), expected, "{} in {:?}", full, &snapshot);
            }
        }
    }
}
