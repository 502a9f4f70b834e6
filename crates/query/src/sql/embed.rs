//! Embeds as lateral joins, and what the parent selects of them.
//!
//! In: the embeds of a node. Out: `join lateral (…)` and items.
//! Invariant: an embed is one join, whatever its depth.

use schema::RelationKind;

use super::fragments::Sql;
use super::items::{List, waiting};
use super::select::{Hung, select};
use crate::plan::shown::{Fold, Output};
use crate::plan::tree::{Embed, Link, Node, Order, Source};

/// How the joins stand to the rows they are made with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Joins {
    /// Has the base been asked about embeds that must be there; otherwise they are inner joins.
    pub asked: bool,
    /// Have the rows their whole row as a column.
    pub carried: bool,
}

/// Writes the joins of every embed that is shown.
pub(crate) fn joins(sql: &mut Sql, node: &Node<'_>, joins: Joins) {
    for embed in node.embeds.iter().filter(|embed| embed.is_shown()) {
        let inner = !joins.asked && embed.inner;
        sql.push(if inner { "\njoin lateral (" } else { "\nleft join lateral (" });
        let parent = Some(Hung { alias: &node.alias, link: &embed.link, carried: joins.carried });
        if embed.to_one {
            select(sql, &embed.node, parent);
            if is_looked_up(embed, joins.asked) && embed.node.range.limit.is_none() {
                sql.push("\nlimit 1");
            }
        } else {
            let rows = &embed.node.alias;
            sql.push("select ");
            if embed.spread {
                sql.join(", ", embed.node.outputs(), |sql, output| {
                    sql.push("json_agg(").member(rows, output.key).push(") as ").ident(output.key);
                });
            } else {
                sql.push("json_agg(").ident(rows).push(") as \"rows\"");
            }
            sql.push("\nfrom (");
            select(sql, &embed.node, parent);
            sql.push(") as ").ident(rows);
            if inner {
                sql.push("\nhaving count(*) > 0");
            }
        }
        sql.push(") as ").ident(&embed.join_alias).push(" on true");
    }
}

/// Is the row of an embed looked up for each row of its parent, of which there are few once a page is cut: so the page
/// keeps its order. A view may have to be read whole to be looked into; a function may promise one row and give more.
fn is_looked_up(embed: &Embed<'_>, paged: bool) -> bool {
    match embed.link {
        Link::Row { .. } => true,
        Link::Direct(_) => paged && embed.node.relation.is_some_and(|relation| relation.kind == RelationKind::Table),
        Link::Junction { .. } => false,
    }
}

/// Writes what the parent selects of one embed.
pub(crate) fn items(sql: &mut Sql, node: &Node<'_>, embed: &Embed<'_>, list: &mut List) {
    if embed.spread {
        for output in embed.node.outputs() {
            let place = list.next(sql);
            spread(sql, node, embed, &output, place);
        }
        return;
    }
    list.next(sql);
    if embed.to_one {
        sql.push("row_to_json(").ident(&embed.join_alias).push(".*)");
    } else {
        sql.push("coalesce(").member(&embed.join_alias, "rows").push(", '[]')");
    }
    // Only jsonb can be grouped by.
    sql.push(if node.has_aggregates() || node.shows_jsonb { "::jsonb as " } else { " as " }).ident(&embed.key);
}

/// Writes one column of a spread embed: as it is, folded over the parent's rows, or left for who is above.
fn spread(sql: &mut Sql, node: &Node<'_>, embed: &Embed<'_>, output: &Output<'_>, place: usize) {
    let alias = &embed.join_alias;
    match output.fold {
        Some(_) if node.folds_above => {
            sql.member(alias, output.name()).push(" as ").ident(&waiting(place));
            return;
        }
        Some(Fold { aggregate, cast }) => {
            sql.push(if cast.is_some() { "cast(" } else { "" });
            sql.push(aggregate.name()).push("(").member(alias, output.name()).push(")");
            if let Some(cast) = cast {
                sql.push(" as ").type_name(cast).push(")");
            }
        }
        None => {
            if embed.to_one {
                sql.member(alias, output.key);
            } else {
                sql.push("coalesce(").member(alias, output.key).push(", '[]')");
            }
            let is_json = output.made || !embed.to_one;
            sql.push(if is_json && (node.has_aggregates() || node.shows_jsonb) { "::jsonb" } else { "" });
        }
    }
    sql.push(" as ").ident(output.key);
}

/// Writes a join for each sort key that belongs to an embed.
pub(crate) fn order_joins(sql: &mut Sql, node: &Node<'_>) {
    for (index, order) in node.order.iter().enumerate() {
        let Some(embed) = order.embed.and_then(|embed| node.embeds.get(embed)) else { continue };
        if folded_key(node, order).is_some() {
            continue;
        }
        sql.push("\nleft join lateral (select ");
        super::filter::field(sql, embed.node.relation, &embed.node.alias, embed.meant(&order.field));
        sql.push(" as \"key\"\n");
        let carried = matches!(node.source, Source::Given);
        super::select::matching(sql, &embed.node, Some(Hung { alias: &node.alias, link: &embed.link, carried }));
        sql.push(") as ").ident(&format!("~order_{index}")).push(" on true");
    }
}

/// Writes the sort key of the term at `index`: what [`order_joins`] has joined for it, or what the rows are grouped by.
pub(crate) fn order_key(sql: &mut Sql, node: &Node<'_>, order: &Order, index: usize) {
    match folded_key(node, order) {
        Some((alias, name)) => sql.member(alias, &name),
        None => sql.member(&format!("~order_{index}"), "key"),
    };
}

/// Where the rows are folded, they can only be sorted by what they are folded by: a column of a spread embed.
fn folded_key<'n>(node: &'n Node<'_>, order: &Order) -> Option<(&'n str, String)> {
    let embed = node.embeds.get(order.embed?).filter(|embed| node.is_aggregated() && embed.spread)?;
    let outputs = embed.node.outputs();
    let output = outputs.iter().find(|output| order.field.is_plain() && output.key == order.field.name)?;
    Some((&embed.join_alias, output.name().to_owned()))
}
