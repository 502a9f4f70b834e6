//! Conditions on members of JSON columns and on lists that an index can narrow to ids.
//!
//! `->>`, `->` and `@>` cannot use an index below row-level security, because they are not leakproof. Where there is one,
//! `app.ids_where` finds the rows that may pass, and `app.ids_after` those that follow a row in the order of a member.
//!
//! In: the root node. Out: the statement to run first, if there is one.
//! Invariant: the ids are a superset of the rows that pass; the filter itself still applies.

use schema::{Catalog, MEMBER_PREFIX, Relation};

use super::is_tenant;
use super::probe::is_narrow;
use super::support::{index_on, is_live, meets_at_once};
use super::tree::{Filter, Node};
use super::window::{self, Window};
use crate::request::field::{Field, JsonKey};
use crate::request::filter::{Condition, Operator, Test};
use crate::request::order::{Direction, Nulls};
use crate::sql::fragments::{Sql, Statement, array_literal};

/// Rows that go between the probe and its statement must not leave the page short.
const SPARE: u64 = 20;

/// The probe for a node whose live rows are asked for by a member of a JSON column or by elements of a list.
pub(crate) fn probe(catalog: &Catalog, node: &Node<'_>, relation: &Relation, counted: bool) -> Option<Statement> {
    let has_tenant = relation.columns.iter().any(|column| is_tenant(relation, &column.name));
    if !has_tenant || relation.column("id").is_none() || !node.filters.iter().any(is_live) {
        return None;
    }
    if node.filters.iter().any(|filter| is_narrow(catalog, relation, filter)) {
        return None;
    }
    let after = if counted { None } else { after(node, relation) };
    after.or_else(|| node.filters.iter().find_map(|filter| matching(node, relation, filter)))
}

/// The rows that fulfil a condition.
fn matching(node: &Node<'_>, relation: &Relation, filter: &Filter) -> Option<Statement> {
    let Filter::Test(Condition { field, negated: false, test }) = filter else { return None };
    let (operator, wanted) = match test {
        Test::Compare { .. } if meets_at_once(node, field, test) => return None,
        Test::Compare { operator, quantifier: None, value } => (operator.sql(), value.clone()),
        Test::In(values) => ("in", array_literal(values.iter().map(String::as_str))),
        _ => return None,
    };
    let mut sql = Sql::new();
    sql.push("select app.ids_where(").literal(&relation.name).push(", ").literal(&field.name).push(", ");
    match member(field) {
        None if field.is_plain() && operator == Operator::Contains.sql() => {
            index_on(relation, &node.filters, "gin", field)?;
            sql.push("null, false");
        }
        Some((key, as_text)) if matches!(operator, "=" | "in" | "<" | "<=" | ">" | ">=") => {
            index_on(relation, &node.filters, "btree", field)?;
            sql.literal(key).push(if as_text { ", true" } else { ", false" });
        }
        _ => return None,
    }
    sql.push(", ").literal(operator).push(", ").param(wanted).push(")");
    Some(sql.finish())
}

/// The rows of a page that goes on from a row in the order of a member and the id, if nothing else is asked of them: the
/// next so many are the page.
fn after(node: &Node<'_>, relation: &Relation) -> Option<Statement> {
    let mut others = node.filters.iter().filter(|filter| !is_live(filter));
    let (filter, None) = (others.next()?, others.next()) else { return None };
    let Window { keys, operator, .. } = window::of_member(filter)?;
    let [(field, value), (_, id)] = keys.as_slice() else { return None };
    let (key, as_text) = member(field)?;
    let descending = matches!(operator, Operator::Lt | Operator::Lte);
    let is_page = walks(node, field, descending) && node.range.offset == 0;
    if !is_page || node.embeds.iter().any(|embed| embed.inner) {
        return None;
    }
    // Longer texts are told apart behind what the index holds.
    if as_text && value.chars().count() >= usize::try_from(MEMBER_PREFIX).ok()? {
        return None;
    }
    index_on(relation, &node.filters, "btree", field)?;
    let most = node.range.limit?.saturating_add(SPARE);
    let mut sql = Sql::new();
    sql.push("select app.ids_after(").literal(&relation.name).push(", ").literal(&field.name).push(", ").literal(key);
    sql.push(if as_text { ", true" } else { ", false" }).push(if descending { ", true, " } else { ", false, " });
    sql.param(*value).push(", ").param(*id);
    sql.push(if matches!(operator, Operator::Gte | Operator::Lte) { ", true, " } else { ", false, " });
    sql.number(most).push(")");
    Some(sql.finish())
}

/// Are the rows sorted by the member and then by the id, in this direction; those without a value, which no window holds,
/// may stand at either end.
fn walks(node: &Node<'_>, by: &Field, descending: bool) -> bool {
    let direction = |order: &super::tree::Order| (order.direction == Some(Direction::Desc)) == descending;
    match node.order.as_slice() {
        [member, id] => {
            member.embed.is_none()
                && id.embed.is_none()
                && member.field == *by
                && id.field == Field::column("id")
                && direction(member)
                && direction(id)
                && matches!(id.nulls, None | Some(Nulls::Last))
        }
        _ => false,
    }
}

/// The member that a field is, and whether as text.
fn member(field: &Field) -> Option<(&str, bool)> {
    match field.path.as_slice() {
        [step] => match &step.key {
            JsonKey::Name(key) => Some((key, step.as_text)),
            JsonKey::Index(_) => None,
        },
        _ => None,
    }
}
