//! What encoding needs to know of a relation, worked out once for all of its changes.

use std::fmt::Write as _;
use std::sync::Arc;

use schema::{Catalog, Change, ChangeColumn};

use crate::policy::tenant_column;

/// How a column's text becomes JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Bool,
    /// Written as it is, unless it is not a JSON number (`NaN`, `Infinity`).
    Number,
    /// Already JSON.
    Json,
    /// A date and a time: a `T` goes between them.
    Timestamp,
    /// A string.
    Text,
}

/// A relation's columns as the encoder sees them.
#[derive(Debug)]
pub(crate) struct Shape {
    /// The columns this was made from; another list means another shape.
    source: Arc<[ChangeColumn]>,
    pub(crate) columns: Vec<ColumnShape>,
    /// Where the row's workspace stands; `None` when rows of this relation never leave.
    pub(crate) tenant: Option<usize>,
}

/// One column.
#[derive(Debug)]
pub(crate) struct ColumnShape {
    pub(crate) name: Arc<str>,
    pub(crate) type_name: String,
    /// The name as a JSON key with its colon.
    pub(crate) key: String,
    pub(crate) kind: Kind,
    /// Is it an array of that kind.
    pub(crate) array: bool,
    /// Is it part of the primary key.
    pub(crate) primary: bool,
}

impl Shape {
    pub(crate) fn new(catalog: &Catalog, change: &Change) -> Self {
        let relation = catalog.relation(&change.schema, &change.table);
        let columns: Vec<ColumnShape> = change
            .columns
            .iter()
            .map(|column| {
                let type_name = relation
                    .and_then(|relation| relation.column(&column.name))
                    .map_or_else(|| built_in(column.type_oid).to_owned(), |known| known.type_name.clone());
                let (array, element) = type_name.strip_prefix('_').map_or((false, &*type_name), |name| (true, name));
                let primary =
                    relation.is_some_and(|relation| relation.primary_key.iter().any(|key| **key == *column.name));
                let mut key = quoted(&column.name);
                let _ = write!(key, ":");
                ColumnShape { name: column.name.clone(), kind: kind(element), array, primary, key, type_name }
            })
            .collect();
        // Only what the API offers is offered here.
        let tenant = relation
            .and_then(|_| tenant_column(&change.schema, &change.table))
            .and_then(|tenant| change.columns.iter().position(|column| &*column.name == tenant));
        Self { source: change.columns.clone(), columns, tenant }
    }

    /// Does this shape describe the change.
    pub(crate) fn fits(&self, change: &Change) -> bool {
        Arc::ptr_eq(&self.source, &change.columns)
    }
}

/// A JSON string.
pub(crate) fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn kind(element: &str) -> Kind {
    match element {
        "bool" => Kind::Bool,
        "int2" | "int4" | "int8" | "oid" | "float4" | "float8" | "numeric" => Kind::Number,
        "json" | "jsonb" => Kind::Json,
        "timestamp" | "timestamptz" => Kind::Timestamp,
        _ => Kind::Text,
    }
}

/// The name of a built-in type, for relations that the catalog does not know.
fn built_in(oid: u32) -> &'static str {
    match oid {
        16 => "bool",
        20 => "int8",
        21 => "int2",
        23 => "int4",
        26 => "oid",
        114 => "json",
        700 => "float4",
        701 => "float8",
        1082 => "date",
        1114 => "timestamp",
        1184 => "timestamptz",
        1700 => "numeric",
        2950 => "uuid",
        3802 => "jsonb",
        _ => "text",
    }
}
