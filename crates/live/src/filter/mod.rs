//! A subscription's filter: `amount=gt.1000,status=in.(open,won)`.
//!
//! In: the filter's text and the relation it is for; later, rows. Out: does a row match.
//! Invariant: SQL's logic of null: an unknown comparison does not match, and neither does its negation.

mod compare;
mod grammar;
mod pattern;
#[cfg(test)]
mod tests;

use std::cmp::Ordering;

use schema::{ChangeColumn, Relation, Row, Value};

use compare::{Operand, Scale};
use pattern::Pattern;

/// Why a filter was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FilterError {
    /// It is not `column=operator.value`.
    #[error("\"{0}\" is not a filter")]
    Grammar(String),
    /// The relation has no such column.
    #[error("column \"{0}\" does not exist")]
    UnknownColumn(String),
    /// No such operator, or not for a socket.
    #[error("operator \"{0}\" is not supported")]
    UnknownOperator(String),
    /// The value is not of the column's type.
    #[error("\"{value}\" is not a value of column \"{column}\"")]
    BadValue {
        /// The column.
        column: String,
        /// The value.
        value: String,
    },
    /// A list of more than 100 values.
    #[error("a list has at most 100 values")]
    LongList,
}

/// Conditions that all must hold; none always holds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    conditions: Vec<Condition>,
}

#[derive(Debug, Clone, PartialEq)]
struct Condition {
    column: String,
    negated: bool,
    scale: Scale,
    test: Test,
}

#[derive(Debug, Clone, PartialEq)]
enum Test {
    /// The ordering of row value and operand is one of these.
    Order(&'static [Ordering], Operand),
    In(Vec<Operand>),
    Like(Pattern),
    Null,
    Truth(bool),
    Distinct(Operand),
}

impl Filter {
    /// Reads a filter for rows of `relation`; an empty text is no filter.
    pub fn parse(text: &str, relation: &Relation) -> Result<Self, FilterError> {
        let terms = grammar::split(text)?;
        let conditions = terms.into_iter().map(|term| condition(&term, relation)).collect::<Result<_, _>>()?;
        Ok(Self { conditions })
    }

    /// Does the row match.
    pub fn matches(&self, columns: &[ChangeColumn], row: &Row) -> bool {
        self.conditions.iter().all(|condition| {
            let at = columns.iter().position(|column| *column.name == *condition.column);
            let value = at.and_then(|at| row.values.get(at));
            value.and_then(|value| condition.holds(value)) == Some(true)
        })
    }
}

fn condition(term: &grammar::Term<'_>, relation: &Relation) -> Result<Condition, FilterError> {
    let column = relation.column(term.column).ok_or_else(|| FilterError::UnknownColumn(term.column.to_owned()))?;
    let scale = Scale::of(&column.type_name);
    let operand = |value: &str| {
        scale
            .operand(value)
            .ok_or_else(|| FilterError::BadValue { column: column.name.clone(), value: value.to_owned() })
    };
    let unquoted = grammar::unquote(term.value);
    let test = match term.operator {
        "eq" => Test::Order(&[Ordering::Equal], operand(&unquoted)?),
        "neq" => Test::Order(&[Ordering::Less, Ordering::Greater], operand(&unquoted)?),
        "lt" => Test::Order(&[Ordering::Less], operand(&unquoted)?),
        "lte" => Test::Order(&[Ordering::Less, Ordering::Equal], operand(&unquoted)?),
        "gt" => Test::Order(&[Ordering::Greater], operand(&unquoted)?),
        "gte" => Test::Order(&[Ordering::Greater, Ordering::Equal], operand(&unquoted)?),
        "in" => {
            let values = grammar::list(term.value)?;
            Test::In(values.iter().map(|value| operand(value)).collect::<Result<_, _>>()?)
        }
        "like" => Test::Like(Pattern::new(&unquoted, false)),
        "ilike" => Test::Like(Pattern::new(&unquoted, true)),
        "isdistinct" => Test::Distinct(operand(&unquoted)?),
        "is" => match unquoted.to_ascii_lowercase().as_str() {
            "null" | "unknown" => Test::Null,
            "true" if scale == Scale::Bool => Test::Truth(true),
            "false" if scale == Scale::Bool => Test::Truth(false),
            _ => return Err(FilterError::BadValue { column: column.name.clone(), value: unquoted.into_owned() }),
        },
        other => return Err(FilterError::UnknownOperator(other.to_owned())),
    };
    Ok(Condition { column: column.name.clone(), negated: term.negated, scale, test })
}

impl Condition {
    /// `None` is SQL's unknown.
    fn holds(&self, value: &Value) -> Option<bool> {
        let text = match value {
            Value::Unchanged => return None,
            Value::Null => None,
            Value::Text(text) => Some(std::str::from_utf8(text).ok()?),
        };
        let held = match (&self.test, text) {
            (Test::Null, text) => text.is_none(),
            (Test::Truth(wanted), text) => text.is_some_and(|text| (text == "t") == *wanted),
            (Test::Distinct(operand), text) => {
                text.is_none_or(|text| self.scale.compare(text, operand) != Some(Ordering::Equal))
            }
            (_, None) => return None,
            (Test::Order(orders, operand), Some(text)) => orders.contains(&self.scale.compare(text, operand)?),
            (Test::In(operands), Some(text)) => {
                operands.iter().any(|operand| self.scale.compare(text, operand) == Some(Ordering::Equal))
            }
            (Test::Like(pattern), Some(text)) => pattern.matches(text),
        };
        Some(held != self.negated)
    }
}
