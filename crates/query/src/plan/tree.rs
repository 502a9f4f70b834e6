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
    /// Are its aggregates worked out by its parent, over the parent's rows.
    pub folds_above: bool,
    /// Are related rows shown as jsonb, which spaces them as handlers and lines of values show them.
    pub shows_jsonb: bool,
}

/// Where rows come from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Source<'a> {
    /// A table or view.
    Relation { schema: &'a str, name: &'a str },
    /// The rows that the write or call in front of it gave.
    Given,
    /// The rows that a function gives for a row of the parent.
    Computed { schema: &'a str, function: &'a str },
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
    /// The column; for an embed's, what the request calls it there.
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
    /// By a function of the parent's row, which is of this relation.
    Row {
        /// The schema of the parent's relation.
        schema: &'a str,
        /// Its name.
        name: &'a str,
    },
}

impl Node<'_> {
    /// Is only a part of the rows asked for.
    pub(crate) fn is_limited(&self) -> bool {
        self.range.limit.is_some() || self.range.offset > 0
    }
}

impl Filter {
    /// Does it ask whether an embed has rows.
    pub(crate) fn asks_for_rows(&self) -> bool {
        match self {
            Self::Test(_) => false,
            Self::Group { branches, .. } => branches.iter().any(Self::asks_for_rows),
            Self::Embedded { .. } => true,
        }
    }

    /// Visits the columns that it tests.
    pub(crate) fn each_column<'f>(&'f self, visit: &mut impl FnMut(&'f str)) {
        match self {
            Self::Test(condition) => visit(&condition.field.name),
            Self::Group { branches, .. } => branches.iter().for_each(|branch| branch.each_column(visit)),
            Self::Embedded { .. } => {}
        }
    }
}
