//! A stable name for the shape of a plan, for the monitor.
//!
//! In: what a plan does, to which relation, and its SQL. Out: `read.contacts.9f86d081`.
//! Invariant: values never change it, because they are parameters; nor does the number behind `limit`.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;

/// The name of a plan.
pub(crate) fn fingerprint(verb: &str, relation: &str, sql: &str) -> String {
    let mut hasher = FxHasher::default();
    for (index, part) in sql.split("\nlimit ").enumerate() {
        let shape = if index == 0 { part } else { part.trim_start_matches(|c: char| c.is_ascii_digit()) };
        hasher.write(shape.as_bytes());
    }
    let hash = hasher.finish();
    format!("{verb}.{relation}.{:08x}", (hash ^ (hash >> 32)) & 0xffff_ffff)
}
