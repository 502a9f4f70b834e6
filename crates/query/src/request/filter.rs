//! Conditions on one column: `eq.5`, `not.in.(a,b)`, `ilike(any).{%a%,%b%}`, `fts(english).word`.
//!
//! In: the text after the column's name.
//! Out: a [`Condition`].
//! Invariant: at the top level a value is taken verbatim to its end; inside a logic tree it ends at `,` or `)` unless
//! it is quoted.

use super::cursor::Cursor;
use super::field::Field;
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

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`
    Eq,
    /// `<>`
    Neq,
    /// `>`
    Gt,
    /// `>=`
    Gte,
    /// `<`
    Lt,
    /// `<=`
    Lte,
    /// `like`
    Like,
    /// `ilike`
    Ilike,
    /// `~`
    Match,
    /// `~*`
    Imatch,
    /// `@>`
    Contains,
    /// `<@`
    ContainedBy,
    /// `&&`
    Overlaps,
    /// `<<`
    StrictlyLeft,
    /// `>>`
    StrictlyRight,
    /// `&<`
    NotRight,
    /// `&>`
    NotLeft,
    /// `-|-`
    Adjacent,
}

impl Operator {
    /// Every operator with its name in a request and in SQL.
    const NAMES: [(Self, &'static str, &'static str); 18] = [
        (Self::Eq, "eq", "="),
        (Self::Neq, "neq", "<>"),
        (Self::Gt, "gt", ">"),
        (Self::Gte, "gte", ">="),
        (Self::Lt, "lt", "<"),
        (Self::Lte, "lte", "<="),
        (Self::Like, "like", "like"),
        (Self::Ilike, "ilike", "ilike"),
        (Self::Match, "match", "~"),
        (Self::Imatch, "imatch", "~*"),
        (Self::Contains, "cs", "@>"),
        (Self::ContainedBy, "cd", "<@"),
        (Self::Overlaps, "ov", "&&"),
        (Self::StrictlyLeft, "sl", "<<"),
        (Self::StrictlyRight, "sr", ">>"),
        (Self::NotRight, "nxr", "&<"),
        (Self::NotLeft, "nxl", "&>"),
        (Self::Adjacent, "adj", "-|-"),
    ];

    /// Its name in a request.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(operator, _, _)| *operator == self).map_or("", |(_, name, _)| name)
    }

    /// Its spelling in SQL.
    pub fn sql(self) -> &'static str {
        Self::NAMES.iter().find(|(operator, _, _)| *operator == self).map_or("", |(_, _, sql)| sql)
    }

    /// Is its value a pattern.
    pub fn is_like(self) -> bool {
        matches!(self, Self::Like | Self::Ilike)
    }

    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known, _)| *known == name).map(|(operator, _, _)| *operator)
    }

    fn takes_quantifier(self) -> bool {
        matches!(
            self,
            Self::Eq
                | Self::Gt
                | Self::Gte
                | Self::Lt
                | Self::Lte
                | Self::Like
                | Self::Ilike
                | Self::Match
                | Self::Imatch
        )
    }
}

/// How many elements must pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// At least one.
    Any,
    /// Every one.
    All,
}

/// What `is` compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IsValue {
    /// `is null`
    Null,
    /// `is not null`
    NotNull,
    /// `is true`
    True,
    /// `is false`
    False,
    /// `is unknown`
    Unknown,
}

impl IsValue {
    const NAMES: [(Self, &'static str, &'static str); 5] = [
        (Self::NotNull, "not_null", "not null"),
        (Self::Null, "null", "null"),
        (Self::True, "true", "true"),
        (Self::False, "false", "false"),
        (Self::Unknown, "unknown", "unknown"),
    ];

    /// Its name in a request.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _, _)| *value == self).map_or("", |(_, name, _)| name)
    }

    /// Its spelling in SQL.
    pub fn sql(self) -> &'static str {
        Self::NAMES.iter().find(|(value, _, _)| *value == self).map_or("", |(_, _, sql)| sql)
    }
}

/// How the words of a full-text search are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchKind {
    /// `to_tsquery`
    Query,
    /// `plainto_tsquery`
    Plain,
    /// `phraseto_tsquery`
    Phrase,
    /// `websearch_to_tsquery`
    Web,
}

impl SearchKind {
    const NAMES: [(Self, &'static str, &'static str); 4] = [
        (Self::Query, "fts", "to_tsquery"),
        (Self::Plain, "plfts", "plainto_tsquery"),
        (Self::Phrase, "phfts", "phraseto_tsquery"),
        (Self::Web, "wfts", "websearch_to_tsquery"),
    ];

    /// Its name in a request.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, name, _)| name)
    }

    /// The function that reads the words.
    pub fn function(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _, _)| *kind == self).map_or("", |(_, _, function)| function)
    }
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
            } else if let Some((kind, _, _)) = SearchKind::NAMES.iter().find(|(_, name, _)| *name == word) {
                let language = language(cursor)?;
                cursor.expect(".")?;
                Test::Search { kind: *kind, language, words: value(cursor, place) }
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
    match IsValue::NAMES.iter().find(|(_, name, _)| *name == word) {
        Some((value, _, _)) => Ok(*value),
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
