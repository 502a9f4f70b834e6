//! Finds the window in a filter: `or=(a.gt.X,and(a.eq.X,b.gt.Y))`, "what comes after the row with X and Y".
//!
//! Written as it stands, PostgreSQL walks the index from its beginning and throws away what the window leaves out. As a
//! comparison of rows, `(a, b) > (X, Y)`, it says the same in one condition that an index on a, b starts from, at any depth.
//!
//! A member of a JSON column is never compared so by PostgreSQL below row-level security; a probe does it (`probe.rs`).
//!
//! In: a filter. Out: the [`Window`] it is, or contains.
//! Invariant: a window that is `whole` holds, fails and is unknown for exactly the rows for which its filter does, nulls
//! included; any other holds wherever its filter does.

use schema::Relation;

use super::tree::Filter;
use crate::request::field::Field;
use crate::request::filter::{Condition, Operator, Test};
use crate::request::logic::Joined;

/// Keys and the values to start from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window<'f> {
    /// Fields and values, the first key first.
    pub keys: Vec<(&'f Field, &'f str)>,
    /// `<`, `<=`, `>` or `>=`.
    pub operator: Operator,
    /// Says it all that the filter says; else the filter must still be asked.
    pub whole: bool,
}

/// Types whose order an index and a comparison of rows share.
const ORDERED: [&str; 13] = [
    "text",
    "varchar",
    "uuid",
    "int2",
    "int4",
    "int8",
    "float4",
    "float8",
    "numeric",
    "date",
    "time",
    "timestamp",
    "timestamptz",
];

/// The most keys of a window.
const MOST_KEYS: usize = 8;

/// The window over columns that a filter is.
pub(crate) fn of<'f>(filter: &'f Filter, relation: Option<&Relation>) -> Option<Window<'f>> {
    let is_ordered = |field: &Field| {
        let column = relation.filter(|_| field.is_plain()).and_then(|relation| relation.column(&field.name));
        column.is_some_and(|column| ORDERED.contains(&column.type_name.as_str()))
    };
    find(filter, &is_ordered)
}

/// The window over a member of a JSON column and the id that a filter is.
pub(crate) fn of_member(filter: &Filter) -> Option<Window<'_>> {
    let is_id = |field: &Field| field.is_plain() && field.name == "id";
    let window = find(filter, &|field| is_id(field) || field.path.len() == 1)?;
    match window.keys.as_slice() {
        [(member, _), (id, _)] if window.whole && !member.is_plain() && is_id(id) => Some(window),
        _ => None,
    }
}

fn find<'f>(filter: &'f Filter, is_ordered: &impl Fn(&Field) -> bool) -> Option<Window<'f>> {
    let Filter::Group { negated: false, joined: Joined::Or, branches } = filter else { return None };
    let mut steps = branches.iter().map(conjunction).collect::<Option<Vec<_>>>()?;
    if steps.len() < 2 || steps.len() > MOST_KEYS {
        return None;
    }
    steps.sort_by_key(Vec::len);
    let last = steps.len() - 1;
    let mut keys: Vec<(&Field, &str)> = Vec::with_capacity(steps.len());
    let mut directions = Vec::with_capacity(steps.len());
    for (at, step) in steps.iter().enumerate() {
        let (field, operator, value) = next_key(step, &keys)?;
        if !is_ordered(field) || at < last && !matches!(operator, Operator::Gt | Operator::Lt) {
            return None;
        }
        keys.push((field, value));
        directions.push(operator);
    }
    let &operator = directions.first()?;
    let turn = directions.iter().position(|other| strict(*other) != operator).unwrap_or(keys.len());
    let whole = turn == keys.len();
    keys.truncate(turn);
    // Of several directions only the keys before the turn bound the window, and rows that equal them belong to it.
    let operator = match (whole, operator) {
        (true, _) => *directions.last()?,
        (false, Operator::Gt) => Operator::Gte,
        (false, _) => Operator::Lte,
    };
    Some(Window { keys, operator, whole })
}

fn strict(operator: Operator) -> Operator {
    match operator {
        Operator::Gte => Operator::Gt,
        Operator::Lte => Operator::Lt,
        other => other,
    }
}

type Comparison<'f> = (&'f Field, Operator, &'f str);

/// The comparisons that a branch asks for together.
fn conjunction(filter: &Filter) -> Option<Vec<Comparison<'_>>> {
    match filter {
        Filter::Test(Condition {
            field,
            negated: false,
            test: Test::Compare { operator, quantifier: None, value },
        }) => Some(vec![(field, *operator, value)]),
        Filter::Group { negated: false, joined: Joined::And, branches } => {
            branches.iter().map(conjunction).collect::<Option<Vec<_>>>().map(|parts| parts.concat())
        }
        _ => None,
    }
}

/// The comparison of the next key, if the branch equals all keys so far in their values and asks for nothing else.
fn next_key<'f>(step: &[Comparison<'f>], keys: &[(&Field, &str)]) -> Option<Comparison<'f>> {
    let mut equal = step.iter().filter(|(_, operator, _)| *operator == Operator::Eq);
    let mut other = step.iter().filter(|(_, operator, _)| *operator != Operator::Eq);
    let &next = other.next()?;
    let is_key = |(field, _, value): &Comparison<'_>| keys.contains(&(*field, *value));
    let fits = other.next().is_none()
        && step.len() == keys.len() + 1
        && equal.all(is_key)
        && keys.iter().all(|(field, _)| step.iter().any(|(known, ..)| known == field))
        && keys.iter().all(|(field, _)| *field != next.0)
        && matches!(next.1, Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte);
    fits.then_some(next)
}
