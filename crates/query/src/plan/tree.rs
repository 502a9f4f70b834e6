//! The resolved request: which relation at which place, how it hangs on its parent, and what is asked of it.
//!
//! Out: a [`Node`] for `sql/`.
//! Invariant: every embed that a filter or an order names is an index into `embeds` of the same node.

use schema::Relation;

use crate::request::field::Field;
use crate::request::filter::Condition;
use crate::request::logic::Joined;
use crate::request::order::{Direction, Nulls};
use crate::request::range::Range;
use crate::request::select::ColumnItem;

/// One relation of a request and everything asked of it.
#[derive(Debug, Clone)]
pub(crate) struct Node<'a> {
    /// Where its rows come from.
    pub source: Source<'a>,
    /// What the catalog knows about its rows; `None` for the rows of a function without a row type of ours.
    pub relation: Option<&'a Relation>,
    /// What SQL calls it.
    pub alias: String,
    /// What to select.
    pub items: Vec<NodeItem>,
    /// Related rows.
    pub embeds: Vec<Embed<'a>>,
    /// What must hold.
    pub filters: Vec<Filter>,
    /// Sort keys.
    pub order: Vec<Order>,
    /// Which part.
    pub range: Range,
}

/// Where rows come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source<'a> {
    /// A table or view.
    Relation { schema: &'a str, name: &'a str },
    /// The rows that the write or call in front of it gave.
    Given,
}

/// One selected thing.
#[derive(Debug, Clone)]
pub(crate) enum NodeItem {
    /// Every column.
    All,
    /// A column or an aggregate.
    Column(ColumnItem),
    /// The rows of an embed.
    Embed(usize),
}

/// A resolved condition.
#[derive(Debug, Clone)]
pub(crate) enum Filter {
    /// A test of a column.
    Test(Condition),
    /// Several conditions.
    Group { negated: bool, joined: Joined, branches: Vec<Filter> },
    /// Is there a row in an embed.
    Embedded { embed: usize, present: bool },
}

/// A resolved sort key.
#[derive(Debug, Clone)]
pub(crate) struct Order {
    /// The embed whose column it is.
    pub embed: Option<usize>,
    /// The column.
    pub field: Field,
    /// Up or down.
    pub direction: Option<Direction>,
    /// Where nulls go.
    pub nulls: Option<Nulls>,
}

/// Rows of another relation, hung on each row of this one.
#[derive(Debug, Clone)]
pub(crate) struct Embed<'a> {
    /// The answer's key.
    pub key: String,
    /// The relation's name as the request wrote it.
    pub written: String,
    /// The rows.
    pub node: Node<'a>,
    /// How they hang on the parent.
    pub link: Link<'a>,
    /// At most one row.
    pub to_one: bool,
    /// Leave out parents without it.
    pub inner: bool,
    /// Its columns become the parent's.
    pub spread: bool,
    /// What SQL calls the joined result.
    pub join_alias: String,
}

/// How the rows of an embed hang on their parent.
#[derive(Debug, Clone)]
pub(crate) enum Link<'a> {
    /// Pairs of (parent's column, embed's column).
    Direct(Vec<(&'a str, &'a str)>),
    /// Through a table between them.
    Junction {
        /// Its schema.
        schema: &'a str,
        /// Its name.
        name: &'a str,
        /// What SQL calls it.
        alias: String,
        /// Pairs of (parent's column, junction's column).
        parent: Vec<(&'a str, &'a str)>,
        /// Pairs of (embed's column, junction's column).
        child: Vec<(&'a str, &'a str)>,
    },
}

impl Node<'_> {
    /// Does it fold its rows into groups.
    pub(crate) fn is_aggregated(&self) -> bool {
        self.items.iter().any(|item| matches!(item, NodeItem::Column(column) if column.aggregate.is_some()))
    }

    /// Is only a part of the rows asked for.
    pub(crate) fn is_limited(&self) -> bool {
        self.range.limit.is_some() || self.range.offset > 0
    }

    /// Does it hide columns from `*`.
    pub(crate) fn hides_columns(&self) -> bool {
        self.relation.is_some_and(|relation| relation.columns.iter().any(|column| column.search))
    }

    /// The keys that one selected row has, as far as the catalog knows them.
    pub(crate) fn output_keys(&self) -> Vec<&str> {
        let mut keys = Vec::new();
        for item in &self.items {
            match item {
                NodeItem::All => keys.extend(self.visible_columns()),
                NodeItem::Column(column) => keys.push(column_key(column)),
                NodeItem::Embed(index) => match self.embeds.get(*index) {
                    Some(embed) if embed.spread => keys.extend(embed.node.output_keys()),
                    Some(embed) if embed.is_shown() => keys.push(embed.key.as_str()),
                    _ => {}
                },
            }
        }
        keys
    }

    /// The columns that `*` stands for.
    pub(crate) fn visible_columns(&self) -> impl Iterator<Item = &str> {
        self.relation
            .into_iter()
            .flat_map(|relation| &relation.columns)
            .filter(|column| !column.search)
            .map(|column| column.name.as_str())
    }
}

impl Embed<'_> {
    /// Has the answer a key for it; `relation()` only filters and orders.
    pub(crate) fn is_shown(&self) -> bool {
        !self.node.items.is_empty()
    }
}

/// The key of a selected column in the answer.
pub(crate) fn column_key(item: &ColumnItem) -> &str {
    use crate::request::field::JsonKey;
    if let Some(alias) = &item.alias {
        return alias;
    }
    if let Some(aggregate) = item.aggregate {
        return aggregate.name();
    }
    let Some(field) = &item.field else { return "count" };
    let named = field.path.iter().rev().find_map(|step| match &step.key {
        JsonKey::Name(name) => Some(name.as_str()),
        JsonKey::Index(_) => None,
    });
    named.unwrap_or(&field.name)
}
