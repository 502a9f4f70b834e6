//! Which rows a reader may see: the row policies of the schema, judged on a change.
//!
//! In: a reader, a relation's name, a row. Out: yes or no.
//! Invariant: agrees with the `read` policies of db/migrations (a test compares the two); what is not known is refused.

use std::sync::Arc;

/// Somebody who reads, with a live session and membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader {
    /// Their workspace as PostgreSQL writes a uuid: lower case with hyphens.
    pub workspace_id: Arc<str>,
}

/// The column of `schema.table` that says which workspace a row belongs to; `None` for relations that never leave.
pub fn tenant_column(schema: &str, table: &str) -> Option<&'static str> {
    match (schema, table) {
        ("public", "workspaces") => Some("id"),
        ("public", _) => Some("workspace_id"),
        _ => None,
    }
}
