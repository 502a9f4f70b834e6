//! What is selected of a node: columns, aggregates, embeds.
//!
//! In: the items of a [`Node`]. Out: the list behind `select`, and `group by`.
//! Invariant: the items come in the order of the request, and `group by` tells them by their place.

use super::embed;
use super::filter::field;
use super::fragments::Sql;
use crate::plan::tree::{Node, NodeItem, Source, column_key};
use crate::request::select::ColumnItem;

/// Writes what is selected of a node.
pub(crate) fn items(sql: &mut Sql, node: &Node<'_>) {
    let mut first = true;
    let aggregated = node.is_aggregated();
    for item in &node.items {
        match item {
            NodeItem::All if aggregated || node.hides_columns() || matches!(node.source, Source::Given) => {
                for column in node.visible_columns() {
                    comma(sql, &mut first);
                    sql.member(&node.alias, column);
                }
                if node.relation.is_none() {
                    comma(sql, &mut first);
                    sql.ident(&node.alias).push(".*");
                }
            }
            NodeItem::All => {
                comma(sql, &mut first);
                sql.ident(&node.alias).push(".*");
            }
            NodeItem::Column(item) => {
                comma(sql, &mut first);
                column(sql, node, item);
            }
            NodeItem::Embed(index) => {
                if let Some(shown) = node.embeds.get(*index).filter(|embed| embed.is_shown()) {
                    embed::items(sql, shown, aggregated, &mut first);
                }
            }
        }
    }
}

/// A comma before all but the first.
pub(crate) fn comma(sql: &mut Sql, first: &mut bool) {
    if !std::mem::take(first) {
        sql.push(", ");
    }
}

fn column(sql: &mut Sql, node: &Node<'_>, item: &ColumnItem) {
    if item.aggregate_cast.is_some() {
        sql.push("cast(");
    }
    if let Some(aggregate) = item.aggregate {
        sql.push(aggregate.name()).push("(");
    }
    match &item.field {
        None => {
            sql.push("*");
        }
        Some(path) => {
            if item.cast.is_some() {
                sql.push("cast(");
            }
            field(sql, node.relation, &node.alias, path);
            if let Some(cast) = &item.cast {
                sql.push(" as ").type_name(cast).push(")");
            }
        }
    }
    if item.aggregate.is_some() {
        sql.push(")");
    }
    if let Some(cast) = &item.aggregate_cast {
        sql.push(" as ").type_name(cast).push(")");
    }
    let is_bare = item.alias.is_none()
        && item.cast.is_none()
        && item.aggregate.is_none()
        && item.field.as_ref().is_some_and(|field| field.is_plain());
    if !is_bare {
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
    let mut by = |sql: &mut Sql, place: u32| {
        sql.push(if std::mem::take(&mut first) { "\ngroup by " } else { ", " }).number(place);
    };
    for item in &node.items {
        let columns = match item {
            NodeItem::All => node.visible_columns().count(),
            NodeItem::Column(item) if item.aggregate.is_some() => {
                place += 1;
                0
            }
            NodeItem::Column(_) => 1,
            NodeItem::Embed(index) => match node.embeds.get(*index) {
                Some(embed) if embed.spread => embed.node.output_keys().len(),
                Some(embed) => usize::from(embed.is_shown()),
                None => 0,
            },
        };
        for _ in 0..columns {
            place += 1;
            by(sql, place);
        }
    }
}
