//! A stable name for the shape of a plan, for the monitor.
//!
//! In: what a plan does, to which relation, and its SQL. Out: `read.contacts.9f86d081`.
//! Invariant: values never change it, because they are parameters; nor does the number behind `limit`.

/// The name of a plan.
pub(crate) fn fingerprint(verb: &str, relation: &str, sql: &str) -> String {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for (index, part) in sql.split("\nlimit ").enumerate() {
        let shape = if index == 0 { part } else { part.trim_start_matches(|c: char| c.is_ascii_digit()) };
        for byte in shape.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{verb}.{relation}.{:08x}", (hash ^ (hash >> 32)) & 0xffff_ffff)
}
