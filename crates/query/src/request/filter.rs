//! Conditions on one column: `eq.5`, `not.in.(a,b)`, `ilike(any).{%a%,%b%}`, `fts(english).word`.
//!
//! In: the text after the column's name.
//! Out: a [`Condition`].
//! Invariant: at the top level a value is taken verbatim to its end; inside a logic tree it ends at `,` or `)` unless
//! it is quoted.

use super::cursor::Cursor;
use super::field::Field;
pub use super::operator::{IsValue, Operator, Quantifier, SearchKind};
use crate::error::QueryError;

/// A test of one column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is tested.
    pub field: Field,
    /// `not.`
    pub negated: bool,
    /// The test.
    pub test: Test,
}

/// A test of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// `column operator value`, or against any or all elements of an array literal.
    Compare {
        /// The operator.
        operator: Operator,
        /// `(any)` or `(all)`.
        quantifier: Option<Quantifier>,
        /// The value as text; `*` in patterns is `%` already.
        value: String,
    },
    /// One of these.
    In(Vec<String>),
    /// `is` null, true, ...
    Is(IsValue),
    /// `is distinct from`.
    Distinct(String),
    /// Full-text search.
    Search {
        /// How the words are read.
        kind: SearchKind,
        /// The text search configuration.
        language: Option<String>,
        /// The words.
        words: String,
    },
}

const NOT_OR_OPERATOR: &str = "\"not\" or operator (eq, gt, ...)";
const OPERATOR: &str = "operator (eq, gt, ...)";

/// Parses the value of a top-level filter parameter: `eq.5`, `not.is.null`.
pub fn parse(field: Field, text: &str) -> Result<Condition, QueryError> {
    let mut cursor = Cursor::new("filter", text);
    let condition = condition(&mut cursor, field, Place::Alone)?;
    cursor.finish("end of input")?;
    Ok(condition)
}

/// Where a condition stands, which decides where its value ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// The value of its own parameter.
    Alone,
    /// Between the commas of a logic tree.
    InTree,
}

/// Reads `[not.]operator.value` for `field`.
pub(crate) fn condition(cursor: &mut Cursor<'_>, field: Field, place: Place) -> Result<Condition, QueryError> {
    let negated = cursor.eat("not.");
    let start = cursor.position();
    let word = cursor.take_while(|c| c.is_ascii_lowercase());
    let test = match word {
        "in" => {
            cursor.expect(".")?;
            Test::In(list(cursor)?)
        }
        "is" => {
            cursor.expect(".")?;
            Test::Is(is_value(cursor)?)
        }
        "isdistinct" => {
            cursor.expect(".")?;
            Test::Distinct(value(cursor, place))
        }
        _ => {
            if let Some(operator) = Operator::named(word) {
                comparison(cursor, operator, place)?
            } else if let Some(kind) = SearchKind::named(word) {
                let language = language(cursor)?;
                cursor.expect(".")?;
                Test::Search { kind, language, words: value(cursor, place) }
            } else {
                return Err(cursor.fail_at(start, if negated { OPERATOR } else { NOT_OR_OPERATOR }));
            }
        }
    };
    Ok(Condition { field, negated, test })
}

fn comparison(cursor: &mut Cursor<'_>, operator: Operator, place: Place) -> Result<Test, QueryError> {
    let quantifier = if !operator.takes_quantifier() {
        None
    } else if cursor.eat("(any)") {
        Some(Quantifier::Any)
    } else if cursor.eat("(all)") {
        Some(Quantifier::All)
    } else {
        None
    };
    cursor.expect(".")?;
    let mut value = value(cursor, place);
    if operator.is_like() && value.contains('*') {
        value = value.replace('*', "%");
    }
    Ok(Test::Compare { operator, quantifier, value })
}

fn language(cursor: &mut Cursor<'_>) -> Result<Option<String>, QueryError> {
    if !cursor.eat("(") {
        return Ok(None);
    }
    let name = super::field::name(cursor)?;
    cursor.expect(")")?;
    Ok(Some(name))
}

fn is_value(cursor: &mut Cursor<'_>) -> Result<IsValue, QueryError> {
    let start = cursor.position();
    let word = cursor.take_while(|c| c.is_ascii_alphabetic() || c == '_').to_ascii_lowercase();
    match IsValue::named(&word) {
        Some(value) => Ok(value),
        None => Err(cursor.fail_at(start, "isVal: (null, not_null, true, false, unknown)")),
    }
}

/// Reads `(a,"b,c",d)`; `()` is the empty list.
fn list(cursor: &mut Cursor<'_>) -> Result<Vec<String>, QueryError> {
    cursor.expect("(")?;
    if cursor.eat(")") {
        return Ok(Vec::new());
    }
    let mut values = Vec::new();
    loop {
        values.push(delimited(cursor));
        if cursor.eat(")") {
            return Ok(values);
        }
        if !cursor.eat(",") {
            return Err(cursor.fail("\",\" or \")\""));
        }
    }
}

fn value(cursor: &mut Cursor<'_>, place: Place) -> String {
    match place {
        Place::Alone => cursor.take_rest().to_owned(),
        Place::InTree => braced(cursor).unwrap_or_else(|| delimited(cursor)),
    }
}

/// A value that ends before `,` or `)`, or is quoted and followed by one of them.
fn delimited(cursor: &mut Cursor<'_>) -> String {
    let start = cursor.position();
    if let Some(quoted) = cursor.quoted() {
        if matches!(cursor.peek(), Some(',' | ')')) {
            return quoted;
        }
        cursor.rewind(start);
    }
    cursor.take_while(|c| !matches!(c, ',' | ')')).to_owned()
}

/// An array or range literal in braces, whose commas are its own.
fn braced(cursor: &mut Cursor<'_>) -> Option<String> {
    let start = cursor.position();
    if !cursor.eat("{") {
        return None;
    }
    let inner = cursor.take_while(|c| !matches!(c, '{' | '}'));
    if cursor.eat("}") && matches!(cursor.peek(), Some(',' | ')') | None) {
        return Some(format!("{{{inner}}}"));
    }
    cursor.rewind(start);
    None
}
