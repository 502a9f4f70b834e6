//! What is selected of a node: columns, aggregates, embeds.
//!
//! In: the items of a [`Node`]. Out: the list behind `select`, and `group by`.
//! Invariant: the items come in the order of the request, and `group by` tells them by their place.

use super::embed;
use super::filter::field;
use super::fragments::Sql;
use crate::plan::shown::column_key;
use crate::plan::tree::{Node, NodeItem};
use crate::request::select::ColumnItem;

/// A list being written.
#[derive(Debug, Default)]
pub(crate) struct List {
    written: usize,
}

impl List {
    /// A comma before all but the first; gives the place of the next.
    pub(crate) fn next(&mut self, sql: &mut Sql) -> usize {
        if self.written > 0 {
            sql.push(", ");
        }
        self.written += 1;
        self.written - 1
    }

    /// Is nothing written.
    pub(crate) fn is_empty(&self) -> bool {
        self.written == 0
    }
}

/// What SQL calls the value at a place that waits to be folded above.
pub(crate) fn waiting(place: usize) -> String {
    format!("~{place}")
}

/// Writes what is selected of a node.
pub(crate) fn items(sql: &mut Sql, node: &Node<'_>) {
    let mut list = List::default();
    for item in &node.items {
        match item {
            NodeItem::All if node.spells_star() => {
                for column in node.visible_columns() {
                    list.next(sql);
                    star_column(sql, node, column);
                }
                if node.relation.is_none() {
                    list.next(sql);
                    sql.ident(&node.alias).push(".*");
                }
            }
            NodeItem::All => {
                list.next(sql);
                sql.ident(&node.alias).push(".*");
            }
            NodeItem::Column(item) => {
                let place = list.next(sql);
                column(sql, node, item, place);
            }
            NodeItem::Embed(index) => {
                if let Some(shown) = node.embeds.get(*index).filter(|embed| embed.is_shown()) {
                    embed::items(sql, node, shown, &mut list);
                }
            }
        }
    }
}

/// One of the columns that `*` stands for.
fn star_column(sql: &mut Sql, node: &Node<'_>, name: &str) {
    match to_json(node, name) {
        Some(function) => {
            sql.catalog_sql(function).push("(").member(&node.alias, name);
            sql.push(if node.has_aggregates() { ")::jsonb as " } else { ") as " }).ident(name)
        }
        None => sql.member(&node.alias, name),
    };
}

/// The function that makes the JSON of a column, if it is of a domain that has one.
fn to_json<'n>(node: &'n Node<'_>, name: &str) -> Option<&'n str> {
    node.relation?.column(name)?.representation.to_json.as_deref()
}

fn column(sql: &mut Sql, node: &Node<'_>, item: &ColumnItem, place: usize) {
    let aggregate = item.aggregate.filter(|_| !node.folds_above);
    let waits = item.aggregate.is_some() && node.folds_above;
    let aggregate_cast = item.aggregate_cast.as_ref().filter(|_| !waits);
    if aggregate_cast.is_some() {
        sql.push("cast(");
    }
    if let Some(aggregate) = aggregate {
        sql.push(aggregate.name()).push("(");
    }
    match &item.field {
        // A row that counts, wherever it is counted.
        None => {
            sql.push(if waits { "true" } else { "*" });
        }
        Some(path) => {
            if item.cast.is_some() {
                sql.push("cast(");
            }
            let function = if path.is_plain() { to_json(node, &path.name) } else { None };
            if let Some(function) = function {
                sql.catalog_sql(function).push("(");
            }
            field(sql, node.relation, &node.alias, path);
            if function.is_some() {
                // Only jsonb can be grouped by.
                sql.push(if node.has_aggregates() && item.aggregate.is_none() { ")::jsonb" } else { ")" });
            }
            if let Some(cast) = &item.cast {
                sql.push(" as ").type_name(cast).push(")");
            }
        }
    }
    if aggregate.is_some() {
        sql.push(")");
    }
    if let Some(cast) = aggregate_cast {
        sql.push(" as ").type_name(cast).push(")");
    }
    let is_bare = item.alias.is_none()
        && item.cast.is_none()
        && item.aggregate.is_none()
        && item.field.as_ref().is_some_and(|field| field.is_plain() && to_json(node, &field.name).is_none());
    if waits {
        sql.push(" as ").ident(&waiting(place));
    } else if !is_bare {
        sql.push(" as ").ident(column_key(item));
    }
}

/// Aggregates fold by every other selected expression, told by its place.
pub(crate) fn group_by(sql: &mut Sql, node: &Node<'_>) {
    if !node.is_aggregated() {
        return;
    }
    let mut place: u32 = 0;
    let mut first = true;
    let mut next = |sql: &mut Sql, is_folded: bool| {
        place += 1;
        if !is_folded {
            sql.push(if std::mem::take(&mut first) { "\ngroup by " } else { ", " }).number(place);
        }
    };
    for item in &node.items {
        match item {
            NodeItem::All => node.visible_columns().for_each(|_| next(sql, false)),
            NodeItem::Column(item) => next(sql, item.aggregate.is_some()),
            NodeItem::Embed(index) => match node.embeds.get(*index) {
                Some(embed) if embed.spread => {
                    embed.node.outputs().iter().for_each(|output| next(sql, output.fold.is_some()));
                }
                Some(embed) if embed.is_shown() => next(sql, false),
                _ => {}
            },
        }
    }
}
