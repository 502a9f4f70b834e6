//! One node as a `select`.
//!
//! Three shapes, so that the index order of the base table stays usable and nothing is fetched that is not shown:
//! - flat: `select … from base joins where … order by … limit`;
//! - limited first: the page is cut from the base table, embeds are joined to the few rows that are left;
//! - late: far pages find primary keys first (an index holds them), then fetch the rows of the page.

use schema::{MEMBER_PREFIX, RelationKind};

use super::embed::{self, Joins};
use super::filter::{field, required};
use super::fragments::Sql;
use super::items::{List, group_by, items};
use crate::plan::support::index_on;
use crate::plan::tree::{Embed, Link, Node, Order, Source};
use crate::request::field::Field;
use crate::request::order::{Direction, Nulls};

/// From this offset on, keys are found before rows.
const LATE_FROM: u64 = 500;

/// What a node hangs on; nothing for the root.
pub(crate) type Parent<'x> = Option<Hung<'x>>;

/// How a node hangs on the row of its parent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hung<'x> {
    /// The parent's SQL name.
    pub alias: &'x str,
    /// How they belong together.
    pub link: &'x Link<'x>,
    /// Has the parent its whole row as a column, [`ROW`]; otherwise it is the relation itself.
    pub carried: bool,
}

/// The column that holds a whole row, for functions of it.
const ROW: &str = "~row";

/// Writes the `select` of a node.
pub(crate) fn select(sql: &mut Sql, node: &Node<'_>, parent: Parent<'_>) {
    match shape(node) {
        Shape::Flat => {
            sql.push("select ");
            items(sql, node);
            sql.push("\nfrom ");
            base(sql, node, parent);
            embed::joins(sql, node, Joins { asked: false, carried: is_given(node) });
            embed::order_joins(sql, node);
            conditions(sql, node, parent, false);
            group_by(sql, node);
            order_by(sql, node, OrderKeys::Joined);
            range(sql, node);
        }
        Shape::LimitedFirst => {
            sql.push("select ");
            items(sql, node);
            sql.push("\nfrom (select ");
            needs(sql, node, &node.alias, is_given(node));
            page(sql, node, parent);
            sql.push(") as ").ident(&node.alias);
            embed::joins(sql, node, Joins { asked: true, carried: true });
            order_by(sql, node, OrderKeys::Carried(&node.alias));
        }
        Shape::Late => {
            sql.push("select ");
            items(sql, node);
            sql.push("\nfrom (select ");
            let key = node.relation.map(|relation| relation.primary_key.as_slice()).unwrap_or_default();
            sql.join(", ", key, |sql, column| {
                sql.member(&node.alias, column);
            });
            page(sql, node, parent);
            sql.push(") as \"~page\"\njoin ");
            source(sql, node, parent);
            sql.push(" on ");
            sql.join(" and ", key, |sql, column| {
                sql.member(&node.alias, column).push(" = ").member("~page", column);
            });
            embed::joins(sql, node, Joins { asked: true, carried: is_given(node) });
            order_by(sql, node, OrderKeys::Carried("~page"));
        }
    }
}

/// Writes `from … where …` of a node without its embeds, for counting and for `exists`.
pub(crate) fn matching(sql: &mut Sql, node: &Node<'_>, parent: Parent<'_>) {
    sql.push("from ");
    base(sql, node, parent);
    conditions(sql, node, parent, true);
}

/// Writes the rows of a node that pass its filters and whose id is in the first parameter, each one whole.
pub(crate) fn found(sql: &mut Sql, node: &Node<'_>) {
    sql.push("select ");
    needs(sql, node, &node.alias, false);
    sql.push("\nfrom ");
    source(sql, node, None);
    sql.push("\nwhere ").member(&node.alias, "id").push(" = any($1)");
    for condition in &node.filters {
        sql.push("\nand ");
        required(sql, node, &node.alias, condition);
    }
}

/// Writes "is there a row of this embed".
pub(crate) fn exists(sql: &mut Sql, node: &Node<'_>, alias: &str, embed: &Embed<'_>) {
    sql.push("exists (select ");
    matching(sql, &embed.node, Some(Hung { alias, link: &embed.link, carried: is_given(node) }));
    sql.push(")");
}

/// Writes what of a node's rows must be at hand later. `carried` rows have been through here before.
pub(crate) fn needs(sql: &mut Sql, node: &Node<'_>, alias: &str, carried: bool) {
    let needs = node.needs();
    let mut list = List::default();
    if needs.all {
        list.next(sql);
        sql.ident(alias).push(".*");
        if carried {
            return;
        }
    }
    for name in needs.names {
        list.next(sql);
        sql.member(alias, name);
    }
    if let Some((schema, name)) = needs.row {
        list.next(sql);
        if carried {
            sql.member(alias, ROW);
        } else {
            sql.ident(alias).push(".*::").member(schema, name).push(" as ").ident(ROW);
        }
    }
    if list.is_empty() {
        sql.push("1 as \"one\"");
    }
}

/// Are its rows those of the change or call in front of it.
fn is_given(node: &Node<'_>) -> bool {
    matches!(node.source, Source::Given)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Flat,
    LimitedFirst,
    Late,
}

fn shape(node: &Node<'_>) -> Shape {
    if !node.is_limited() || node.is_aggregated() {
        return Shape::Flat;
    }
    let has_key =
        node.relation.is_some_and(|relation| relation.kind == RelationKind::Table && !relation.primary_key.is_empty());
    if node.range.offset > LATE_FROM && has_key && matches!(node.source, Source::Relation { .. }) {
        return Shape::Late;
    }
    // A parent that must be there is found once, in the walk along the index; a child that must be there is asked for.
    let joined = |embed: &Embed<'_>| embed.inner && embed.to_one;
    let shown = || node.embeds.iter().filter(|embed| embed.is_shown());
    if shown().all(joined) { Shape::Flat } else { Shape::LimitedFirst }
}

/// Writes from `from` to `limit` for the rows of a page, and the sort keys that come from elsewhere.
fn page(sql: &mut Sql, node: &Node<'_>, parent: Parent<'_>) {
    for (index, order) in node.order.iter().enumerate() {
        if order.embed.is_some() {
            sql.push(", ");
            embed::order_key(sql, node, order, index);
            sql.push(" as ").ident(&carried_key(index));
        }
    }
    sql.push("\nfrom ");
    base(sql, node, parent);
    embed::order_joins(sql, node);
    conditions(sql, node, parent, true);
    order_by(sql, node, OrderKeys::Joined);
    range(sql, node);
}

/// What the sort key that comes from an embed is called once it is part of the page.
fn carried_key(index: usize) -> String {
    format!("~order_{index}")
}

fn source(sql: &mut Sql, node: &Node<'_>, parent: Parent<'_>) {
    match node.source {
        Source::Computed { schema, function } => {
            sql.member(schema, function).push("(");
            match parent {
                Some(Hung { alias, carried: true, .. }) => {
                    sql.member(alias, ROW);
                }
                Some(Hung { alias, link: Link::Row { schema, name }, .. }) => {
                    sql.ident(alias).push(".*::").member(schema, name);
                }
                _ => {}
            }
            sql.push(") as ").ident(&node.alias)
        }
        Source::Relation { schema, name } => sql.member(schema, name).push(" as ").ident(&node.alias),
        Source::Given => sql.ident(GIVEN).push(" as ").ident(&node.alias),
    };
}

/// What the rows of a write or a call are called.
pub(crate) const GIVEN: &str = "source";

fn base(sql: &mut Sql, node: &Node<'_>, parent: Parent<'_>) {
    source(sql, node, parent);
    if let Some(Hung { link: Link::Junction { schema, name, alias, child, .. }, .. }) = parent {
        sql.push("\njoin ").member(schema, name).push(" as ").ident(alias).push(" on ");
        sql.join(" and ", child, |sql, (column, through)| {
            sql.member(&node.alias, column).push(" = ").member(alias, through);
        });
    }
}

/// Writes `where`. With `asking`, embeds that must be there are asked for, because no join sees to it.
fn conditions(sql: &mut Sql, node: &Node<'_>, parent: Parent<'_>, asking: bool) {
    let mut first = true;
    let mut and = |sql: &mut Sql| {
        sql.push(if std::mem::take(&mut first) { "\nwhere " } else { "\nand " });
    };
    match parent {
        Some(Hung { alias: parent, link: Link::Direct(pairs), .. }) => {
            for (theirs, ours) in pairs {
                and(sql);
                sql.member(&node.alias, ours).push(" = ").member(parent, theirs);
            }
        }
        Some(Hung { alias: parent, link: Link::Junction { alias, parent: pairs, .. }, .. }) => {
            for (theirs, through) in pairs {
                and(sql);
                sql.member(alias, through).push(" = ").member(parent, theirs);
            }
        }
        Some(Hung { link: Link::Row { .. }, .. }) | None => {}
    }
    for condition in &node.filters {
        and(sql);
        required(sql, node, &node.alias, condition);
    }
    for embed in
        node.embeds.iter().filter(|embed| embed.inner && (asking || !embed.is_shown() || embed.node.is_aggregated()))
    {
        and(sql);
        exists(sql, node, &node.alias, embed);
    }
}

/// Where the sort keys of embeds are at hand.
#[derive(Debug, Clone, Copy)]
enum OrderKeys<'k> {
    /// In the joins written for them.
    Joined,
    /// In the page, under this name.
    Carried(&'k str),
}

fn order_by(sql: &mut Sql, node: &Node<'_>, keys: OrderKeys<'_>) {
    for (index, order) in node.order.iter().enumerate() {
        sql.push(if index == 0 { "\norder by " } else { ", " });
        match (order.embed, keys) {
            (None, _) => sort_key(sql, node, &order.field),
            (Some(_), OrderKeys::Joined) => embed::order_key(sql, node, order, index),
            (Some(_), OrderKeys::Carried(owner)) => {
                sql.member(owner, &carried_key(index));
            }
        }
        direction(sql, order);
    }
}

/// Writes what rows are sorted by: a member's text as far as an index holds it, if there is one.
fn sort_key(sql: &mut Sql, node: &Node<'_>, by: &Field) {
    let member = match by.path.as_slice() {
        [step] if step.as_text => node.relation,
        _ => None,
    };
    if member.is_some_and(|relation| index_on(relation, &node.filters, "btree", by).is_some()) {
        sql.push("left(");
        field(sql, node.relation, &node.alias, by);
        sql.push(", ").number(MEMBER_PREFIX).push(")");
    } else {
        field(sql, node.relation, &node.alias, by);
    }
}

fn direction(sql: &mut Sql, order: &Order) {
    if order.direction == Some(Direction::Desc) {
        sql.push(" desc");
    }
    match order.nulls {
        Some(Nulls::First) => sql.push(" nulls first"),
        Some(Nulls::Last) => sql.push(" nulls last"),
        None => sql,
    };
}

/// The limit is text, so that the planner knows it; an offset is a parameter, so that pages share a statement.
fn range(sql: &mut Sql, node: &Node<'_>) {
    if let Some(limit) = node.range.limit {
        sql.push("\nlimit ").number(limit);
    }
    if node.range.offset > 0 {
        sql.push("\noffset ").param(node.range.offset.to_string());
    }
}
