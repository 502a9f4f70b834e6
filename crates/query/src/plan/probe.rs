//! Text filters that an index can narrow to ids.
//!
//! `like` cannot use an index below row-level security, because it is not leakproof. Where every row that passes a
//! filter must have a known fragment in its search column, `app.matching_ids` finds those rows first.
//!
//! In: the root node. Out: the statement to run first, if there is one.
//! Invariant: the ids are a superset of the rows that pass; the filter itself still applies.

use schema::{Catalog, Relation};

use super::tree::{Filter, Node};
use super::{is_tenant, value_probe};
use crate::request::filter::{Condition, Operator, Quantifier, Test};
use crate::request::logic::Joined;
use crate::sql::fragments::{Sql, Statement, array_literal};

/// The shortest fragment worth looking up, in characters.
const SHORTEST: usize = 2;

/// The probe for a node, if there is an index that only a probe can use. Rows that are counted must all be found.
pub(crate) fn probe(catalog: &Catalog, node: &Node<'_>, relation: &Relation, counted: bool) -> Option<Statement> {
    for_text(catalog, node, relation).or_else(|| value_probe::probe(catalog, node, relation, counted))
}

/// The probe for a node, if its rows are asked for by text.
fn for_text(catalog: &Catalog, node: &Node<'_>, relation: &Relation) -> Option<Statement> {
    let search = relation.search_column()?;
    relation.column("id")?;
    if node.filters.iter().any(|filter| is_narrow(catalog, relation, filter)) {
        return None;
    }
    let implied = |column: &str| column == search.name || search.search_sources.iter().any(|source| source == column);
    let shortest = |fragments: &Vec<String>| fragments.iter().map(|one| one.chars().count()).min().unwrap_or(0);
    let found: Vec<Vec<String>> = node
        .filters
        .iter()
        .filter_map(|filter| fragments(filter, &implied))
        .filter(|found| shortest(found) >= SHORTEST)
        .collect();
    // Several words, each a filter of its own: a first and a last name are common, both together are not.
    let words: Vec<String> = found.iter().filter(|found| found.len() == 1).flatten().cloned().collect();
    let every = words.len() > 1;
    let fragments = if every { words } else { found.into_iter().max_by_key(shortest)? };
    let mut sql = Sql::new();
    sql.push("select app.matching_ids(").literal(&relation.name).push(", ");
    sql.param(array_literal(fragments.iter().map(String::as_str)));
    sql.push(if every { ", every => true)" } else { ")" });
    Some(sql.finish())
}

/// Does a filter leave few rows anyway: one row by its id, or the rows of one record of another searched table.
pub(crate) fn is_narrow(catalog: &Catalog, relation: &Relation, filter: &Filter) -> bool {
    let Filter::Test(Condition { field, negated: false, test }) = filter else { return false };
    let is_equal = matches!(test, Test::Compare { operator: Operator::Eq, quantifier: None, .. } | Test::In(_));
    let refers = |key: &&schema::ForeignKey| {
        key.relation == relation.name && key.schema == relation.schema && key.columns.contains(&field.name)
    };
    let is_searched = |key: &schema::ForeignKey| {
        catalog.relation(&key.target_schema, &key.target).is_some_and(|target| target.search_column().is_some())
    };
    is_equal
        && field.is_plain()
        && (field.name == "id"
            || !is_tenant(relation, &field.name) && catalog.foreign_keys.iter().filter(refers).any(is_searched))
}

/// Fragments of which every row that passes the filter has at least one.
fn fragments(filter: &Filter, implied: &impl Fn(&str) -> bool) -> Option<Vec<String>> {
    match filter {
        Filter::Test(Condition { field, negated: false, test: Test::Compare { operator, quantifier, value } })
            if operator.is_like() && field.is_plain() && implied(&field.name) =>
        {
            match quantifier {
                None => Some(vec![longest_literal(value)]),
                Some(Quantifier::Any | Quantifier::All) => None,
            }
        }
        Filter::Group { negated: false, joined: Joined::Or, branches } => {
            let parts = branches.iter().map(|branch| fragments(branch, implied)).collect::<Option<Vec<_>>>()?;
            let mut all: Vec<String> = parts.into_iter().flatten().collect();
            all.sort_unstable();
            all.dedup();
            Some(all)
        }
        Filter::Group { negated: false, joined: Joined::And, branches } => branches
            .iter()
            .filter_map(|branch| fragments(branch, implied))
            .max_by_key(|found| found.iter().map(|one| one.chars().count()).min().unwrap_or(0)),
        _ => None,
    }
}

/// The longest run of a pattern without wildcards.
fn longest_literal(pattern: &str) -> String {
    let mut longest = String::new();
    let mut run = String::new();
    let mut chars = pattern.chars();
    loop {
        let next = chars.next();
        match next {
            Some('\\') => run.extend(chars.next()),
            Some(c) if !matches!(c, '%' | '_') => run.push(c),
            _ => {
                if run.chars().count() > longest.chars().count() {
                    longest.clone_from(&run);
                }
                run.clear();
            }
        }
        if next.is_none() {
            return longest;
        }
    }
}
