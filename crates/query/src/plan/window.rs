//! Finds the window in a filter: `or=(a.gt.X,and(a.eq.X,b.gt.Y))`, "what comes after the row with X and Y".
//!
//! Written as it stands, PostgreSQL walks the index from its beginning and throws away what the window leaves out. As a
//! comparison of rows, `(a, b) > (X, Y)`, it says the same in one condition that an index on a, b starts from, at any depth.
//!
//! In: a filter. Out: the [`Window`] it is, or contains.
//! Invariant: a window that is `whole` holds, fails and is unknown for exactly the rows for which its filter does, nulls
//! included; any other holds wherever its filter does.

use schema::Relation;

use super::tree::Filter;
use crate::request::filter::{Condition, Operator, Test};
use crate::request::logic::Joined;

/// Keys and the values to start from.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Window<'f> {
    /// Columns and values, the first key first.
    pub keys: Vec<(&'f str, &'f str)>,
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

/// The window that a filter is.
pub(crate) fn of<'f>(filter: &'f Filter, relation: Option<&Relation>) -> Option<Window<'f>> {
    let Filter::Group { negated: false, joined: Joined::Or, branches } = filter else { return None };
    let mut steps = branches.iter().map(conjunction).collect::<Option<Vec<_>>>()?;
    if steps.len() < 2 || steps.len() > MOST_KEYS {
        return None;
    }
    steps.sort_by_key(Vec::len);
    let last = steps.len() - 1;
    let mut keys: Vec<(&str, &str)> = Vec::with_capacity(steps.len());
    let mut directions = Vec::with_capacity(steps.len());
    for (at, step) in steps.iter().enumerate() {
        let (column, operator, value) = next_key(step, &keys)?;
        let ordered = relation?.column(column).is_some_and(|column| ORDERED.contains(&column.type_name.as_str()));
        if !ordered || at < last && !matches!(operator, Operator::Gt | Operator::Lt) {
            return None;
        }
        keys.push((column, value));
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

type Comparison<'f> = (&'f str, Operator, &'f str);

/// The comparisons that a branch asks for together.
fn conjunction(filter: &Filter) -> Option<Vec<Comparison<'_>>> {
    match filter {
        Filter::Test(Condition {
            field,
            negated: false,
            test: Test::Compare { operator, quantifier: None, value },
        }) if field.is_plain() => Some(vec![(&field.name, *operator, value)]),
        Filter::Group { negated: false, joined: Joined::And, branches } => {
            branches.iter().map(conjunction).collect::<Option<Vec<_>>>().map(|parts| parts.concat())
        }
        _ => None,
    }
}

/// The comparison of the next key, if the branch equals all keys so far in their values and asks for nothing else.
fn next_key<'f>(step: &[Comparison<'f>], keys: &[(&str, &str)]) -> Option<Comparison<'f>> {
    let mut equal = step.iter().filter(|(_, operator, _)| *operator == Operator::Eq);
    let mut other = step.iter().filter(|(_, operator, _)| *operator != Operator::Eq);
    let &next = other.next()?;
    let is_key = |(column, _, value): &Comparison<'_>| keys.contains(&(*column, *value));
    let fits = other.next().is_none()
        && step.len() == keys.len() + 1
        && equal.all(is_key)
        && keys.iter().all(|(column, _)| step.iter().any(|(known, ..)| known == column))
        && keys.iter().all(|(column, _)| *column != next.0)
        && matches!(next.1, Operator::Gt | Operator::Gte | Operator::Lt | Operator::Lte);
    fits.then_some(next)
}
