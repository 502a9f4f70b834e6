//! What the indexes of a relation can do for a request.
//!
//! In: a relation, a field and the conditions of the request. Out: the index that leads to the field, if there is one.
//! Invariant: an index counts only if every row that the request asks for is in it.

use schema::{Index, IndexKey, Relation};

use super::is_tenant;
use super::tree::{Filter, Node};
use crate::request::field::{Field, JsonKey, JsonStep};
use crate::request::filter::{Condition, IsValue, Operator, Test};
use crate::request::order::{Direction, Nulls};

/// The index of this method whose first key, the tenant's apart, is the field.
pub(crate) fn index_on<'r>(
    relation: &'r Relation,
    filters: &[Filter],
    method: &str,
    field: &Field,
) -> Option<&'r Index> {
    let leads = |index: &&Index| {
        let mut keys = index.keys.iter();
        let first = keys.find(|key| !matches!(key, IndexKey::Column(name) if is_tenant(relation, name)));
        first.is_some_and(|key| is_field(key, field))
    };
    let holds = |index: &&Index| {
        let parts = index.predicate.as_deref().unwrap_or_default().split(" AND ").filter(|part| !part.is_empty());
        parts.into_iter().all(|part| match (part.strip_suffix(" IS NOT NULL"), part.strip_suffix(" IS NULL")) {
            (Some(column), _) => column == field.name || filters.iter().any(|filter| needs(filter, column)),
            (_, Some(column)) => filters.iter().any(|filter| is_null(filter, column)),
            _ => false,
        })
    };
    relation.indexes.iter().filter(|index| index.method == method).filter(leads).find(holds)
}

/// Is it the key of an index.
fn is_field(key: &IndexKey, field: &Field) -> bool {
    match (key, field.path.as_slice()) {
        (IndexKey::Column(name), []) => *name == field.name,
        (IndexKey::Member { column, key, as_text }, [JsonStep { as_text: text, key: JsonKey::Name(name) }]) => {
            *column == field.name && key == name && as_text == text
        }
        _ => false,
    }
}

/// Does it leave deleted rows out.
pub(crate) fn is_live(filter: &Filter) -> bool {
    is_null(filter, "deleted_at")
}

/// Does it ask for rows where the column is null.
fn is_null(filter: &Filter, column: &str) -> bool {
    let Filter::Test(Condition { field, negated, test }) = filter else { return false };
    field.is_plain()
        && field.name == column
        && match test {
            Test::Is(IsValue::Null) => !negated,
            Test::Is(IsValue::NotNull) => *negated,
            _ => false,
        }
}

/// Does it leave out rows where the column is null.
fn needs(filter: &Filter, column: &str) -> bool {
    let Filter::Test(Condition { field, negated, test }) = filter else { return false };
    field.is_plain()
        && field.name == column
        && match test {
            Test::Is(IsValue::Null) => *negated,
            Test::Is(IsValue::NotNull) => !negated,
            Test::Is(_) | Test::Distinct(_) => false,
            // What is compared with null is unknown, and so is its opposite.
            Test::Compare { .. } | Test::In(_) | Test::Search { .. } => true,
        }
}

/// Does a walk along what the rows are sorted by begin with the rows of the test.
pub(crate) fn meets_at_once(node: &Node<'_>, field: &Field, test: &Test) -> bool {
    let Some(order) = node.order.first().filter(|order| order.embed.is_none() && order.field == *field) else {
        return false;
    };
    let Test::Compare { operator, quantifier: None, .. } = test else { return false };
    match operator {
        Operator::Gt | Operator::Gte => order.direction == Some(Direction::Desc) && order.nulls == Some(Nulls::Last),
        Operator::Lt | Operator::Lte => order.direction != Some(Direction::Desc) && order.nulls != Some(Nulls::First),
        _ => false,
    }
}
