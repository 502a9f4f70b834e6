//! Embeds as lateral joins, and what the parent selects of them.
//!
//! In: the embeds of a node. Out: `join lateral (…)` and items.
//! Invariant: an embed is one join, whatever its depth.

use super::fragments::Sql;
use super::items::comma;
use super::select::select;
use crate::plan::tree::{Embed, Node};

/// Writes the joins of every embed that is shown. With `inner`, those that must be there are inner joins; otherwise the
/// base has been asked about them already.
pub(crate) fn joins(sql: &mut Sql, node: &Node<'_>, inner: bool) {
    for embed in node.embeds.iter().filter(|embed| embed.is_shown()) {
        let inner = inner && embed.inner;
        sql.push(if inner { "\njoin lateral (" } else { "\nleft join lateral (" });
        let parent = Some((node.alias.as_str(), &embed.link));
        if embed.to_one {
            select(sql, &embed.node, parent);
        } else {
            let rows = &embed.node.alias;
            sql.push("select ");
            if embed.spread {
                sql.join(", ", embed.node.output_keys(), |sql, key| {
                    sql.push("json_agg(").member(rows, key).push(") as ").ident(key);
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

/// Writes what the parent selects of one embed.
pub(crate) fn items(sql: &mut Sql, embed: &Embed<'_>, grouped: bool, first: &mut bool) {
    if embed.spread {
        for key in embed.node.output_keys() {
            comma(sql, first);
            if embed.to_one {
                sql.member(&embed.join_alias, key);
            } else {
                sql.push("coalesce(").member(&embed.join_alias, key).push(", '[]')");
            }
            sql.push(" as ").ident(key);
        }
        return;
    }
    comma(sql, first);
    if embed.to_one {
        sql.push("row_to_json(").ident(&embed.join_alias).push(".*)");
    } else {
        sql.push("coalesce(").member(&embed.join_alias, "rows").push(", '[]')");
    }
    // Only jsonb can be grouped by.
    sql.push(if grouped { "::jsonb as " } else { " as " }).ident(&embed.key);
}

/// Writes a join for each sort key that belongs to an embed.
pub(crate) fn order_joins(sql: &mut Sql, node: &Node<'_>) {
    for (index, order) in node.order.iter().enumerate() {
        let Some(embed) = order.embed.and_then(|embed| node.embeds.get(embed)) else { continue };
        sql.push("\nleft join lateral (select ");
        super::filter::field(sql, embed.node.relation, &embed.node.alias, &order.field);
        sql.push(" as \"key\"\n");
        super::select::matching(sql, &embed.node, Some((&node.alias, &embed.link)));
        sql.push(") as ").ident(&format!("~order_{index}")).push(" on true");
    }
}

/// Writes the sort key that [`order_joins`] has joined for the term at `index`.
pub(crate) fn order_key(sql: &mut Sql, index: usize) {
    sql.member(&format!("~order_{index}"), "key");
}
