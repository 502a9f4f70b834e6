//! The indexes of one field: its name in the database, and what makes it.
//!
//! In: a table, the field's key and the form of its values. Out: names and SQL.
//! Invariant: a name tells table, key, form and direction, so that equal fields of several workspaces share an index.

use std::fmt::Write as _;

use schema::MEMBER_PREFIX;
use sha2::{Digest as _, Sha256};

/// An index of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FieldIndex {
    pub(super) table: String,
    pub(super) key: String,
    /// The beginning of the value's text; otherwise the JSON value, whose numbers sort as numbers.
    pub(super) as_text: bool,
    /// Largest first. Both directions, because either way rows without a value are shown last.
    pub(super) descending: bool,
}

impl FieldIndex {
    /// Both indexes of a field.
    pub(super) fn of(table: &str, key: &str, as_text: bool) -> [Self; 2] {
        [false, true].map(|descending| Self { table: table.to_owned(), key: key.to_owned(), as_text, descending })
    }

    /// Its name: `contacts_custom_0f3a…_text_asc_idx`. A key may be as long as a name, so it stands as a hash.
    pub(super) fn name(&self) -> String {
        let mut hash = String::new();
        for byte in Sha256::digest(self.key.as_bytes()).iter().take(6) {
            let _ = write!(hash, "{byte:02x}");
        }
        let form = if self.as_text { "text" } else { "json" };
        let direction = if self.descending { "desc" } else { "asc" };
        format!("{}_custom_{hash}_{form}_{direction}_idx", self.table)
    }

    /// What makes it. Table and key are words of small letters, digits and `_`, as the table's rules see to.
    pub(super) fn create(&self) -> String {
        let Self { table, key, .. } = self;
        let value = if self.as_text {
            format!("left(custom ->> '{key}', {MEMBER_PREFIX})")
        } else {
            format!("(custom -> '{key}')")
        };
        let keys = if self.descending { format!("{value} desc nulls last, id desc") } else { format!("{value}, id") };
        let name = self.name();
        format!("create index concurrently {name} on public.{table} (workspace_id, {keys}) where deleted_at is null")
    }
}
