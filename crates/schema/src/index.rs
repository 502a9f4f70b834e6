//! Indexes, as far as the planner of requests looks at them.
//!
//! In: what `pg_index` tells. Out: an [`Index`] with its keys in order.

use serde::{Deserialize, Serialize};

/// An index that is ready for use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Index {
    /// Its name.
    pub name: String,
    /// `btree`, `gin`, ...
    pub method: String,
    /// What it is over, in order.
    pub keys: Vec<IndexKey>,
    /// What its rows must fulfil when it is partial, as PostgreSQL writes it.
    pub predicate: Option<String>,
}

/// One key of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexKey {
    /// A column.
    Column(String),
    /// A member of a JSON column's object.
    Member {
        /// The column.
        column: String,
        /// The member.
        key: String,
        /// The first [`MEMBER_PREFIX`] characters of its text; otherwise the JSON value.
        as_text: bool,
    },
    /// Anything else, as PostgreSQL writes it.
    Expression(String),
}

/// How many characters of a member's text an index holds. An index of whole texts would refuse rows whose text is too
/// long for it.
pub const MEMBER_PREFIX: u32 = 500;
