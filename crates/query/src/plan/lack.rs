//! What of a read no index serves.
//!
//! In: the root node. Out: the fields that its conditions and its order name and that no index leads to, each with what
//! would help.
//! Invariant: nothing lacks where an index leads to few rows anyway.

use schema::{IndexKey, Relation};

use super::is_tenant;
use super::support::{index_on, is_live, meets_at_once};
use super::tree::{Filter, Node};
use super::window;
use crate::request::field::{Field, JsonKey};
use crate::request::filter::{Condition, Operator, Test};

/// A field that no index leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lack {
    /// As a request writes it.
    pub field: String,
    /// What would help.
    pub remedy: String,
    /// Does PostgreSQL know nothing of how many rows fulfil the condition.
    pub is_blind: bool,
}

/// Types whose comparisons may look into an index below row-level security.
const LEAKPROOF: [&str; 13] = [
    "bool",
    "bpchar",
    "date",
    "float4",
    "float8",
    "int2",
    "int4",
    "int8",
    "text",
    "timestamp",
    "timestamptz",
    "uuid",
    "varchar",
];

/// What a read lacks.
pub(crate) fn of(node: &Node<'_>, relation: &Relation) -> Vec<Lack> {
    if node.filters.iter().any(|filter| narrows(node, relation, filter)) {
        return Vec::new();
    }
    let mut lacks = Vec::new();
    for filter in node.filters.iter().filter(|filter| !is_live(filter)) {
        let starts = window::of(filter, Some(relation)).and_then(|window| window.keys.first().copied());
        match starts {
            Some((field, _)) if leads(node, relation, field) => {}
            _ => conditions(node, relation, filter, &mut lacks),
        }
    }
    if let Some(order) = node.order.first()
        && order.embed.is_none()
        && index_on(relation, &node.filters, "btree", &order.field).is_none()
    {
        let field = written(&order.field);
        let remedy = format!("sorting by it needs an index on {} {}", relation.name, keys(relation, &[&field, "id"]));
        lacks.push(Lack { field, remedy, is_blind: false });
    }
    let mut seen = Vec::new();
    lacks.retain(|lack| {
        !seen.contains(&lack.field) && {
            seen.push(lack.field.clone());
            true
        }
    });
    lacks
}

/// Does a filter leave the rows of one value or of a few, which an index leads to.
fn narrows(node: &Node<'_>, relation: &Relation, filter: &Filter) -> bool {
    match filter {
        Filter::Test(Condition { field, negated: false, test }) => {
            matches!(test, Test::Compare { operator: Operator::Eq, quantifier: None, .. } | Test::In(_))
                && leads(node, relation, field)
        }
        _ => false,
    }
}

/// Does an index lead to the values of a field, below row-level security too.
fn leads(node: &Node<'_>, relation: &Relation, field: &Field) -> bool {
    let is_leakproof = |name: &str| !relation.row_security || LEAKPROOF.contains(&name);
    field.is_plain()
        && relation.column(&field.name).is_some_and(|column| is_leakproof(&column.type_name))
        && index_on(relation, &node.filters, "btree", field).is_some()
}

/// Adds the conditions of a filter that no index leads to.
fn conditions(node: &Node<'_>, relation: &Relation, filter: &Filter, lacks: &mut Vec<Lack>) {
    match filter {
        Filter::Test(condition) => lacks.extend(lack(node, relation, condition)),
        Filter::Group { branches, .. } => {
            branches.iter().for_each(|branch| conditions(node, relation, branch, lacks));
        }
        Filter::Embedded { .. } => {}
    }
}

fn lack(node: &Node<'_>, relation: &Relation, condition: &Condition) -> Option<Lack> {
    let Condition { field, test, .. } = condition;
    let is_known = field.is_plain()
        && match test {
            Test::Compare { operator, quantifier: None, .. } => is_comparison(*operator),
            Test::Compare { .. } | Test::Search { .. } => false,
            Test::In(_) | Test::Is(_) | Test::Distinct(_) => true,
        };
    let is_sorted = || index_on(relation, &node.filters, "btree", field).is_some();
    if is_known && leads(node, relation, field) || meets_at_once(node, field, test) && is_sorted() {
        return None;
    }
    let name = written(field);
    let remedy = if is_known {
        format!("it needs an index on {} {}", relation.name, keys(relation, &[&name]))
    } else {
        remedy(relation, field, test)
    };
    Some(Lack { field: name, remedy, is_blind: !is_known })
}

/// Compares in the order of an index.
fn is_comparison(operator: Operator) -> bool {
    matches!(operator, Operator::Eq | Operator::Neq | Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte)
}

/// What would help where a plain index does not.
fn remedy(relation: &Relation, field: &Field, test: &Test) -> String {
    if let Some(key) = custom_field(field) {
        let other = |index: &&schema::Index| {
            index.keys.iter().any(|known| matches!(known, IndexKey::Member { key: of, .. } if of == key))
        };
        return match relation.indexes.iter().find(other) {
            Some(_) => format!(
                "ask by custom->{key} or custom->>{key}, whichever fits its type, and leave deleted records out"
            ),
            None => format!("an administrator can have the field {key} indexed (custom_fields.indexed)"),
        };
    }
    if !field.is_plain() {
        return String::from("no index reaches into it");
    }
    match (test, relation.search_column()) {
        (Test::Compare { operator, .. }, _) if !operator.is_like() && !is_regex(*operator) => {
            format!("it needs a GIN index on {} {}", relation.name, keys(relation, &[&field.name]))
        }
        (_, Some(search)) => {
            format!("no index finds parts of its text; ask {} and leave deleted records out", search.name)
        }
        _ => String::from("no index finds parts of its text"),
    }
}

fn is_regex(operator: Operator) -> bool {
    matches!(operator, Operator::Match | Operator::Imatch)
}

/// The key of a workspace's own field.
fn custom_field(field: &Field) -> Option<&str> {
    match (field.name.as_str(), field.path.as_slice()) {
        ("custom", [step]) => match &step.key {
            JsonKey::Name(key) => Some(key),
            JsonKey::Index(_) => None,
        },
        _ => None,
    }
}

/// The keys of an index that would help, with what its rows must fulfil.
fn keys(relation: &Relation, names: &[&str]) -> String {
    let tenant = relation.columns.iter().map(|column| column.name.as_str()).find(|name| is_tenant(relation, name));
    let names: Vec<&str> = tenant.into_iter().chain(names.iter().copied()).collect();
    let live = if relation.column("deleted_at").is_some() { " where deleted_at is null" } else { "" };
    format!("({}){live}", names.join(", "))
}

/// A field as a request writes it.
fn written(field: &Field) -> String {
    let mut text = field.name.clone();
    for step in &field.path {
        text.push_str(if step.as_text { "->>" } else { "->" });
        match &step.key {
            JsonKey::Name(name) => text.push_str(name),
            JsonKey::Index(index) => text.push_str(&index.to_string()),
        }
    }
    text
}
