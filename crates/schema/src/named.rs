//! Lets a relation be looked up by borrowed names in a map whose keys own theirs.
//!
//! In: pairs of schema and name, owned or borrowed.
//! Out: one order for both.
//! Invariant: the order is that of the owned pairs, or lookups would miss.

use std::borrow::Borrow;
use std::cmp::Ordering;

/// A schema and a name in it.
pub(crate) trait Named {
    /// Both.
    fn pair(&self) -> (&str, &str);
}

impl Named for (String, String) {
    fn pair(&self) -> (&str, &str) {
        (&self.0, &self.1)
    }
}

impl Named for (&str, &str) {
    fn pair(&self) -> (&str, &str) {
        *self
    }
}

impl<'a> Borrow<dyn Named + 'a> for (String, String) {
    fn borrow(&self) -> &(dyn Named + 'a) {
        self
    }
}

impl Ord for dyn Named + '_ {
    fn cmp(&self, other: &Self) -> Ordering {
        self.pair().cmp(&other.pair())
    }
}

impl PartialOrd for dyn Named + '_ {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for dyn Named + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.pair() == other.pair()
    }
}

impl Eq for dyn Named + '_ {}
