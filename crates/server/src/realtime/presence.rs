//! Who is present in a room, under which key, and what they say about themselves.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The present members of one room.
#[derive(Debug, Default)]
pub(super) struct Presences(Vec<Presence>);

#[derive(Debug)]
struct Presence {
    member: u64,
    key: String,
    about: Value,
}

impl Presences {
    /// Everybody, as the dialect's `presence_state`.
    pub(super) fn state(&self) -> String {
        let mut keys: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
        for presence in &self.0 {
            keys.entry(&presence.key).or_default().push(&presence.about);
        }
        let state: Map<String, Value> =
            keys.into_iter().map(|(key, metas)| (key.to_owned(), json!({ "metas": metas }))).collect();
        Value::from(state).to_string()
    }

    /// Makes a member present, in place of what it said before; gives the `presence_diff`.
    pub(super) fn track(&mut self, member: u64, key: &str, reference: String, about: Map<String, Value>) -> String {
        let before = self.take(member);
        let mut meta = Map::new();
        meta.insert("phx_ref".to_owned(), reference.into());
        meta.extend(about.into_iter().filter(|(name, _)| name != "phx_ref"));
        let after = Presence { member, key: key.to_owned(), about: meta.into() };
        let diff = json!({ "joins": one(Some(&after)), "leaves": one(before.as_ref()) }).to_string();
        self.0.push(after);
        diff
    }

    /// Makes a member absent; gives the `presence_diff`, if it was present.
    pub(super) fn leave(&mut self, member: u64) -> Option<String> {
        let gone = self.take(member)?;
        Some(json!({ "joins": {}, "leaves": one(Some(&gone)) }).to_string())
    }

    fn take(&mut self, member: u64) -> Option<Presence> {
        let at = self.0.iter().position(|presence| presence.member == member)?;
        Some(self.0.swap_remove(at))
    }
}

fn one(presence: Option<&Presence>) -> Value {
    match presence {
        Some(presence) => json!({ presence.key.as_str(): { "metas": [presence.about] } }),
        None => json!({}),
    }
}
