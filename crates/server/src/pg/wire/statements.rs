//! The statements a connection has prepared, by role and text.
//!
//! In: a role and SQL. Out: the server-side name. Invariant: at most [`MOST`]; the one used longest ago goes first.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// More than the product has, few enough that a client sending ever new queries cannot fill the server's memory.
const MOST: usize = 200;

/// The prepared statements of one connection.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    by_text: HashMap<Box<str>, Entry, FxBuildHasher>,
    made: u64,
    clock: u64,
}

/// A statement that the server knows.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) name: String,
    pub(super) columns: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    known: Known,
    last_used: u64,
}

impl Prepared {
    /// The statement, if the server knows it.
    pub(super) fn find(&mut self, key: &str) -> Option<Known> {
        self.clock += 1;
        let entry = self.by_text.get_mut(key)?;
        entry.last_used = self.clock;
        Some(entry.known.clone())
    }

    /// A name no other statement of this connection had.
    pub(super) fn new_name(&mut self) -> String {
        self.made += 1;
        format!("s{}", self.made)
    }

    /// Remembers a statement; gives back the name of one to close, if that is one too many.
    pub(super) fn remember(&mut self, key: Box<str>, known: Known) -> Option<String> {
        self.clock += 1;
        let replaced = self.by_text.insert(key, Entry { known, last_used: self.clock });
        if let Some(entry) = replaced {
            return Some(entry.known.name);
        }
        if self.by_text.len() <= MOST {
            return None;
        }
        let oldest = self.by_text.iter().min_by_key(|(_, entry)| entry.last_used)?.0.clone();
        self.by_text.remove(&oldest).map(|entry| entry.known.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_used_longest_ago_goes_first() {
        let mut prepared = Prepared::default();
        for n in 0..MOST {
            let known = Known { name: format!("s{n}"), columns: Vec::new() };
            assert_eq!(prepared.remember(format!("select {n}").into(), known), None);
        }
        assert!(prepared.find("select 0").is_some());
        let known = Known { name: "new".into(), columns: Vec::new() };
        assert_eq!(prepared.remember("select new".into(), known), Some("s1".to_owned()));
        assert!(prepared.find("select 1").is_none() && prepared.find("select 0").is_some());
    }
}
