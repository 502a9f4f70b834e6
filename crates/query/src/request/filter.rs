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
const DELIMITER: &str = "delimiter (.)";

/// Parses the value of a top-level filter parameter: `eq.5`, `not.is.null`. What follows a closed list or a word of
/// `is` is not read.
pub fn parse(field: Field, text: &str) -> Result<Condition, QueryError> {
    condition(&mut Cursor::new("filter", text), field, Place::Alone)
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
    let negated = cursor.eat("not");
    if negated && !cursor.eat(".") {
        return Err(cursor.fail(DELIMITER));
    }
    let start = cursor.position();
    let word = cursor.take_while(|c| c.is_ascii_lowercase());
    let test = match word {
        "in" => {
            delimiter(cursor)?;
            Test::In(list(cursor)?)
        }
        "is" => {
            delimiter(cursor)?;
            Test::Is(is_value(cursor)?)
        }
        "isdistinct" => {
            delimiter(cursor)?;
            Test::Distinct(value(cursor, place))
        }
        _ => {
            if let Some(operator) = Operator::named(word) {
                comparison(cursor, operator, place)?
            } else if let Some(kind) = SearchKind::named(word) {
                let language = language(cursor)?;
                delimiter(cursor)?;
                Test::Search { kind, language, words: value(cursor, place) }
            } else {
                return Err(unknown_operator(cursor, start, word, negated));
            }
        }
    };
    Ok(Condition { field, negated, test })
}

/// Points behind the operator that the word begins with, or else at its start.
fn unknown_operator(cursor: &Cursor<'_>, start: usize, word: &str, negated: bool) -> QueryError {
    let others = ["in", "is", "isdistinct"].into_iter();
    let known = others.chain(Operator::names()).chain(SearchKind::names());
    let begun = known.filter(|name| word.starts_with(name)).map(str::len).max().unwrap_or(0);
    cursor.fail_at(start + begun, if negated || begun > 0 { OPERATOR } else { NOT_OR_OPERATOR })
}

fn delimiter(cursor: &mut Cursor<'_>) -> Result<(), QueryError> {
    if cursor.eat(".") { Ok(()) } else { Err(cursor.fail(OPERATOR)) }
}

fn comparison(cursor: &mut Cursor<'_>, operator: Operator, place: Place) -> Result<Test, QueryError> {
    let quantifier = if operator.takes_quantifier() { quantifier(cursor)? } else { None };
    delimiter(cursor)?;
    let mut value = value(cursor, place);
    if operator.is_like() && value.contains('*') {
        value = value.replace('*', "%");
    }
    Ok(Test::Compare { operator, quantifier, value })
}

fn quantifier(cursor: &mut Cursor<'_>) -> Result<Option<Quantifier>, QueryError> {
    if !cursor.eat("(") {
        return Ok(None);
    }
    let start = cursor.position();
    let quantifier = if cursor.eat("any") {
        Quantifier::Any
    } else if cursor.eat("all") {
        Quantifier::All
    } else {
        return Err(cursor.fail_word(start, "any", OPERATOR));
    };
    if cursor.eat(")") { Ok(Some(quantifier)) } else { Err(cursor.fail(OPERATOR)) }
}

fn language(cursor: &mut Cursor<'_>) -> Result<Option<String>, QueryError> {
    if !cursor.eat("(") {
        return Ok(None);
    }
    let name = cursor.take_while(super::field::is_name_char).trim();
    if name.is_empty() || !cursor.eat(")") {
        return Err(cursor.fail(OPERATOR));
    }
    Ok(Some(name.to_owned()))
}

fn is_value(cursor: &mut Cursor<'_>) -> Result<IsValue, QueryError> {
    let text = cursor.rest().as_bytes();
    let known = |name: &&str| text.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()));
    if let Some(name) = IsValue::names().find(known) {
        cursor.skip(name.len());
        return IsValue::named(name).ok_or_else(|| cursor.fail(IS_VALUES));
    }
    let same = |name: &str| name.bytes().zip(text).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let furthest = IsValue::names().map(same).max().unwrap_or(0);
    Err(cursor.fail_at(cursor.position() + furthest, IS_VALUES))
}

const IS_VALUES: &str = "isVal: (null, not_null, true, false, unknown)";

/// Reads `(a,"b,c",d)`; `()` is the empty list, and so is a list of one empty text.
fn list(cursor: &mut Cursor<'_>) -> Result<Vec<String>, QueryError> {
    cursor.skip_blanks();
    cursor.expect("(")?;
    cursor.skip_blanks();
    let mut values = Vec::new();
    loop {
        values.push(delimited(cursor));
        if cursor.eat(")") {
            cursor.skip_blanks();
            let is_empty = matches!(values.as_slice(), [only] if only.is_empty());
            return Ok(if is_empty { Vec::new() } else { values });
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
