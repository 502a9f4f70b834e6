//! What a node shows: the keys of its rows, what folds them, and what must be at hand to make them.
//!
//! In: resolved nodes. Out: names for `sql/`.
//! Invariant: outputs come in the order of the request, and `items` in `sql/` writes them in the same.

use schema::Column;

use super::tree::{Embed, Link, Node, NodeItem, Source};
use crate::request::field::{Field, JsonKey};
use crate::request::select::{Aggregate, ColumnItem};

/// One column of a node's rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Output<'n> {
    /// Its key in the answer.
    pub key: &'n str,
    /// Its name in SQL, where that is not the key: a value that waits to be folded.
    pub waiting: Option<String>,
    /// What the rows' reader folds it with.
    pub fold: Option<Fold<'n>>,
    /// Is it JSON made of related rows or of a domain's value.
    pub made: bool,
}

/// An aggregate, and the type that its value is cast to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fold<'n> {
    /// The function.
    pub aggregate: Aggregate,
    /// The type.
    pub cast: Option<&'n str>,
}

impl Output<'_> {
    /// Its name in SQL.
    pub(crate) fn name(&self) -> &str {
        self.waiting.as_deref().unwrap_or(self.key)
    }
}

/// What of a node's rows must be at hand where it is shown, when a subquery or the change in front of it gives them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Needs<'n> {
    /// Every column.
    pub all: bool,
    /// Single columns, and functions that are asked for like columns.
    pub names: Vec<&'n str>,
    /// The relation whose row, as a whole, functions take.
    pub row: Option<(&'n str, &'n str)>,
}

impl Node<'_> {
    /// Does it fold its rows into groups.
    pub(crate) fn is_aggregated(&self) -> bool {
        !self.folds_above && self.has_aggregates()
    }

    /// Is there an aggregate among its columns, or among those that it takes over from an embed.
    pub(crate) fn has_aggregates(&self) -> bool {
        self.items.iter().any(|item| match item {
            NodeItem::All => false,
            NodeItem::Column(column) => column.aggregate.is_some(),
            NodeItem::Embed(index) => {
                self.embeds.get(*index).is_some_and(|embed| embed.node.folds_above && embed.node.has_aggregates())
            }
        })
    }

    /// Must `*` be written as its columns: because some are hidden, or travel in another form, or because the rows have
    /// more than the relation's columns.
    pub(crate) fn spells_star(&self) -> bool {
        let differs = |column: &Column| column.search || column.representation.to_json.is_some();
        matches!(self.source, Source::Given)
            || self.has_aggregates()
            || self.relation.is_some_and(|relation| relation.columns.iter().any(differs))
            || self.embeds.iter().any(|embed| matches!(embed.link, Link::Row { .. }))
            || self.named().any(|name| self.relation.is_some_and(|relation| relation.column(name).is_none()))
    }

    /// What must be at hand to show it, order it and join its embeds.
    pub(crate) fn needs(&self) -> Needs<'_> {
        let all = self.relation.is_none() || self.items.iter().any(|item| matches!(item, NodeItem::All));
        let mut names = Vec::new();
        let mut add = |name| {
            let is_there = all && self.relation.is_none_or(|relation| relation.column(name).is_some());
            if !is_there && !names.contains(&name) {
                names.push(name);
            }
        };
        self.named().for_each(&mut add);
        if matches!(self.source, Source::Given) {
            self.filters.iter().for_each(|filter| filter.each_column(&mut add));
        }
        let mut row = None;
        for embed in &self.embeds {
            match &embed.link {
                Link::Direct(pairs) | Link::Junction { parent: pairs, .. } => {
                    pairs.iter().for_each(|(ours, _)| add(ours));
                }
                Link::Row { schema, name } => row = Some((*schema, *name)),
            }
        }
        Needs { all, names, row }
    }

    /// The columns that are selected or sorted by, by name.
    fn named(&self) -> impl Iterator<Item = &str> {
        let shown = self.items.iter().filter_map(|item| match item {
            NodeItem::Column(item) => item.field.as_ref().map(|field| field.name.as_str()),
            NodeItem::All | NodeItem::Embed(_) => None,
        });
        let sorted = self.order.iter().filter(|order| order.embed.is_none()).map(|order| order.field.name.as_str());
        shown.chain(sorted)
    }

    /// The columns of one row, as far as the catalog knows them.
    pub(crate) fn outputs(&self) -> Vec<Output<'_>> {
        let represented = |name: &str| {
            let column = self.relation.and_then(|relation| relation.column(name));
            column.is_some_and(|column| column.representation.to_json.is_some())
        };
        let plain = |key| Output { key, waiting: None, fold: None, made: false };
        let mut outputs = Vec::new();
        for item in &self.items {
            match item {
                NodeItem::All => {
                    let columns = self.visible_columns();
                    outputs.extend(columns.map(|name| Output { made: represented(name), ..plain(name) }));
                }
                NodeItem::Column(column) => {
                    let fold = |aggregate| Fold { aggregate, cast: column.aggregate_cast.as_deref() };
                    let field = column.field.as_ref().filter(|field| field.is_plain() && column.cast.is_none());
                    let made = field.is_some_and(|field| represented(&field.name));
                    outputs.push(Output { fold: column.aggregate.map(fold), made, ..plain(column_key(column)) });
                }
                NodeItem::Embed(index) => match self.embeds.get(*index) {
                    Some(embed) if embed.spread => {
                        let spread = embed.node.outputs().into_iter();
                        outputs.extend(spread.map(|output| Output { made: output.made || !embed.to_one, ..output }));
                    }
                    Some(embed) if embed.is_shown() => outputs.push(Output { made: true, ..plain(&embed.key) }),
                    _ => {}
                },
            }
        }
        for (place, output) in outputs.iter_mut().enumerate() {
            if self.folds_above {
                output.waiting = output.fold.map(|_| format!("~{place}"));
            } else {
                (output.waiting, output.fold) = (None, None);
            }
        }
        outputs
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
        self.node.items.iter().any(|item| match item {
            NodeItem::Embed(index) => self.node.embeds.get(*index).is_some_and(Embed::is_shown),
            NodeItem::All | NodeItem::Column(_) => true,
        })
    }

    /// The column that a parent's sort key means: one of the relation, else what is selected under that name.
    pub(crate) fn meant<'f>(&'f self, field: &'f Field) -> &'f Field {
        if self.node.relation.is_some_and(|relation| relation.column(&field.name).is_some()) || !field.is_plain() {
            return field;
        }
        let named = self.node.items.iter().find_map(|item| match item {
            NodeItem::Column(item) if item.aggregate.is_none() && column_key(item) == field.name => item.field.as_ref(),
            _ => None,
        });
        named.unwrap_or(field)
    }
}

/// The key of a selected column in the answer.
pub(crate) fn column_key(item: &ColumnItem) -> &str {
    if let Some(alias) = &item.alias {
        return alias;
    }
    if let Some(aggregate) = item.aggregate {
        return aggregate.name();
    }
    let Some(field) = &item.field else { return "count" };
    let named = field.path.iter().rev().find_map(|step| match &step.key {
        // An empty key is one in JSON, but no name in SQL.
        JsonKey::Name(name) => Some(name.as_str()).filter(|name| !name.is_empty()),
        JsonKey::Index(_) => None,
    });
    named.unwrap_or(&field.name)
}
