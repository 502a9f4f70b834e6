//! What the database offers: relations, their keys, and functions.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::named::Named;
use crate::{ComputedRelationship, ForeignKeys, Index};

/// A snapshot of the exposed part of a database. Replaced whole when the database's definition changes.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Catalog {
    /// Exposed schemas in order of preference; the first is the default.
    pub schemas: Vec<String>,
    /// Relations by (schema, name).
    #[serde(with = "pairs")]
    pub relations: BTreeMap<(String, String), Relation>,
    /// Every foreign key between known relations, those that views pass on included.
    pub foreign_keys: ForeignKeys,
    /// Relations (schema, name) that only a hidden table between them relates to others.
    #[serde(default)]
    pub hidden_links: BTreeSet<(String, String)>,
    /// Functions from a row of a known relation to rows of another.
    #[serde(default)]
    pub computed: Vec<ComputedRelationship>,
    /// Callable functions; overloads are separate entries.
    pub functions: Vec<Function>,
    /// What makes media types of its own from rows and values.
    #[serde(default)]
    pub media_handlers: Vec<MediaHandler>,
}

impl Catalog {
    /// The relation `schema.name`, if it is exposed.
    pub fn relation(&self, schema: &str, name: &str) -> Option<&Relation> {
        self.relations.get(&(schema, name) as &dyn Named)
    }
}

/// What kind of relation it is; decides which verbs make sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum RelationKind {
    /// An ordinary or partitioned table.
    Table,
    /// A view.
    View,
    /// A materialised view: read only.
    MaterializedView,
    /// A foreign table.
    ForeignTable,
}

/// A table or view.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Relation {
    /// Its `pg_class` oid.
    pub oid: u32,
    /// The schema it lives in.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Table, view, ...
    pub kind: RelationKind,
    /// Columns in table order.
    pub columns: Vec<Column>,
    /// Names of the primary key's columns, in key order; empty when there is none.
    pub primary_key: Vec<String>,
    /// Column sets of every unique constraint and unique index without a predicate, the primary key included.
    pub unique_keys: Vec<Vec<String>>,
    /// Its indexes that are ready for use.
    #[serde(default)]
    pub indexes: Vec<Index>,
    /// About what reading it whole costs, in PostgreSQL's units, as large as it was when the catalog was loaded.
    #[serde(default)]
    pub whole_cost: u64,
    /// Whether row-level security applies, so that filters which are not leakproof cannot use an index.
    pub row_security: bool,
    /// Can rows be inserted.
    pub insertable: bool,
    /// Can rows be updated.
    pub updatable: bool,
    /// Can rows be deleted.
    pub deletable: bool,
    /// The comment on it, if any.
    pub comment: Option<String>,
}

impl Relation {
    /// The column of that name.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The generated column that fragment searches look at, if the table has one (its comment starts with `@search`
    /// and its type is text).
    pub fn search_column(&self) -> Option<&Column> {
        self.columns.iter().find(|column| column.search && column.type_name == "text")
    }
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// `pg_type.typname` (`int4`, `_text`, `uuid`, an enum's name).
    pub type_name: String,
    /// The type as SQL writes it, with length and schema where needed (`numeric(18,2)`, `text[]`).
    pub sql_type: String,
    /// May it be null.
    pub nullable: bool,
    /// Has it a default (generated and identity columns count).
    pub has_default: bool,
    /// The default as SQL, for `missing=default`, be it the column's, its sequence's or its domain's; `None` when generated.
    pub default_sql: Option<String>,
    /// Is it `GENERATED ALWAYS`, so that writes must leave it out.
    pub generated: bool,
    /// Is it a search column: marked `@search` in its comment, left out of `*`, yet usable in filters.
    pub search: bool,
    /// For a search column: the columns whose whole text it holds, folded. A column of which it holds only parts (the
    /// digits of a phone number, members of a list) is not one of them.
    pub search_sources: Vec<String>,
    /// Labels, when the type is an enum.
    pub enum_values: Vec<String>,
    /// Maximum length in characters, when limited.
    pub max_length: Option<u32>,
    /// How values travel, when the type is a domain with casts of its own.
    #[serde(default)]
    pub representation: Representation,
    /// The comment on it, if any.
    pub comment: Option<String>,
}

/// The functions behind a domain's implicit casts, as SQL writes them; `None` where values travel as they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representation {
    /// What makes the JSON of an answer.
    pub to_json: Option<String>,
    /// What reads the JSON of a body.
    pub from_json: Option<String>,
    /// What reads the text of a filter.
    pub from_text: Option<String>,
}

/// Whether a function may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Volatility {
    /// May write; POST only.
    Volatile,
    /// Reads.
    Stable,
    /// Depends on its arguments alone.
    Immutable,
}

/// What a function gives back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Returns {
    /// Nothing.
    Void,
    /// One scalar value, or a set of them.
    Scalar {
        /// `setof`.
        set: bool,
    },
    /// Rows of a known relation (schema, name), one or a set.
    Relation {
        /// Schema of the relation.
        schema: String,
        /// Name of the relation.
        name: String,
        /// `setof`.
        set: bool,
    },
    /// Rows of an anonymous or composite type (`table(...)`, OUT arguments), one or a set.
    Composite {
        /// `setof` or `table`.
        set: bool,
    },
}

/// A callable function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Function {
    /// The schema it lives in.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Input arguments in order.
    pub arguments: Vec<Argument>,
    /// What it returns.
    pub returns: Returns,
    /// May it write.
    pub volatility: Volatility,
    /// Is the last argument variadic.
    pub variadic: bool,
    /// Settings that hold while it runs, by name: what `alter function … set` made.
    pub settings: Vec<(String, String)>,
    /// The comment on it, if any.
    pub comment: Option<String>,
}

/// One argument of a function.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Argument {
    /// Its name; empty when unnamed.
    pub name: String,
    /// Its type as SQL writes it.
    pub sql_type: String,
    /// Must it be given.
    pub required: bool,
    /// Does it take the rest of the arguments.
    pub variadic: bool,
}

/// A function of the database that makes a media type: an aggregate over rows, or a domain that is a function's result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaHandler {
    /// Schema of the aggregate or domain.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// The relation whose rows, or the function whose value, it takes (schema, name); `None` for rows of any kind.
    pub target: Option<(String, String)>,
    /// What it makes, in small letters; `*/*` when it decides by itself.
    pub media_type: String,
    /// The type that its domain is made of, `pg_type.typname`.
    pub base_type: String,
}

impl MediaHandler {
    /// Does its value leave as bytes rather than as text.
    pub fn sends_bytes(&self) -> bool {
        matches!(self.base_type.as_str(), "bytea" | "jsonb")
    }
}

/// JSON has no pairs as keys: relations travel as a list.
mod pairs {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Relation;

    pub(super) fn serialize<S: Serializer>(
        map: &BTreeMap<(String, String), Relation>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        map.values().collect::<Vec<_>>().serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<(String, String), Relation>, D::Error> {
        Ok(Vec::<Relation>::deserialize(deserializer)?
            .into_iter()
            .map(|relation| ((relation.schema.clone(), relation.name.clone()), relation))
            .collect())
    }
}
