//! Names of columns, and ways into JSON values below them.
//!
//! In: `name`, `"any name"`, `custom->address->>city`, `phones->0->>value`.
//! Out: a [`Field`].
//! Invariant: a name is kept as written, without its quotes and outer blanks.

use super::cursor::Cursor;
use crate::error::QueryError;

/// A column, possibly with a way into its JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The column's name.
    pub name: String,
    /// The way into its JSON value; empty for the column itself.
    pub path: Vec<JsonStep>,
}

impl Field {
    /// The column itself.
    pub fn column(name: impl Into<String>) -> Self {
        Self { name: name.into(), path: Vec::new() }
    }

    /// Is it the column itself, without a way into it.
    pub fn is_plain(&self) -> bool {
        self.path.is_empty()
    }
}

/// One step into a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonStep {
    /// `->>`: the value as text, not as JSON.
    pub as_text: bool,
    /// Which member.
    pub key: JsonKey,
}

/// A member of a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JsonKey {
    /// An element of a list; negative counts from the end.
    Index(i32),
    /// A member of an object.
    Name(String),
}

/// What [`name`] expects, in the words of its error.
pub(crate) const FIELD_NAME: &str = "field name (* or [a..z0..9_$])";

/// May the character be part of an unquoted name.
pub(crate) fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | ' ' | '$')
}

/// Reads a name: quoted, or letters, digits, `_`, `$`, blanks, and `-` between them.
pub(crate) fn name(cursor: &mut Cursor<'_>) -> Result<String, QueryError> {
    let start = cursor.position();
    if let Some(quoted) = cursor.quoted() {
        // No column and no alias can be called nothing.
        return if quoted.is_empty() { Err(cursor.fail_at(start, FIELD_NAME)) } else { Ok(quoted) };
    }
    let mut name = cursor.take_while(is_name_char).to_owned();
    if name.is_empty() {
        return Err(cursor.fail_at(start, FIELD_NAME));
    }
    loop {
        let dash = cursor.position();
        if !cursor.eat("-") {
            break;
        }
        let more = cursor.take_while(is_name_char);
        if more.is_empty() {
            cursor.rewind(dash);
            break;
        }
        name.push('-');
        name.push_str(more);
    }
    let trimmed = name.trim();
    if trimmed.is_empty() {
        return Err(cursor.fail_at(start, FIELD_NAME));
    }
    Ok(if trimmed.len() == name.len() { name } else { trimmed.to_owned() })
}

/// Reads a name and the JSON steps behind it.
pub(crate) fn field(cursor: &mut Cursor<'_>) -> Result<Field, QueryError> {
    Ok(Field { name: name(cursor)?, path: json_path(cursor)? })
}

/// Reads `->a->>b`, possibly nothing.
pub(crate) fn json_path(cursor: &mut Cursor<'_>) -> Result<Vec<JsonStep>, QueryError> {
    let mut path = Vec::new();
    while cursor.eat("->") {
        let as_text = cursor.eat(">");
        path.push(JsonStep { as_text, key: json_key(cursor)? });
    }
    Ok(path)
}

fn json_key(cursor: &mut Cursor<'_>) -> Result<JsonKey, QueryError> {
    if let Some(index) = json_index(cursor)? {
        return Ok(JsonKey::Index(index));
    }
    if let Some(quoted) = cursor.quoted() {
        return Ok(JsonKey::Name(quoted));
    }
    let start = cursor.position();
    let text = cursor.rest();
    let mut length = 0;
    for c in text.chars() {
        // A dash belongs to the key unless it begins the next arrow.
        let ends = c == '-' && (length == 0 || text.get(length..).unwrap_or_default().starts_with("->"));
        if ends || matches!(c, '(' | ':' | '.' | ',' | '>' | ')') {
            break;
        }
        length += c.len_utf8();
    }
    let name = text.get(..length).unwrap_or_default().trim().to_owned();
    cursor.skip(length);
    if name.is_empty() {
        return Err(cursor.fail_at(start, "\"-\", digit or any non reserved character different from: .,>()"));
    }
    Ok(JsonKey::Name(name))
}

/// Reads an index; `None`, unmoved, if it is a name that begins with digits.
fn json_index(cursor: &mut Cursor<'_>) -> Result<Option<i32>, QueryError> {
    let start = cursor.position();
    let negative = cursor.eat("-");
    let digits = cursor.take_while(|c| c.is_ascii_digit());
    let rest = cursor.rest();
    let ends = rest.is_empty() || ["->", "::", ".", ",", ")"].iter().any(|end| rest.starts_with(end));
    let index = if ends { digits.parse().ok().map(|index: i32| if negative { -index } else { index }) } else { None };
    if index.is_none() && negative {
        return Err(if digits.is_empty() { cursor.fail("digit") } else { cursor.fail_end(INDEX_ENDS) });
    }
    if index.is_none() {
        cursor.rewind(start);
    }
    Ok(index)
}

const INDEX_ENDS: &str = "digit, \"->\", \"::\", \".\", \",\" or end of input";
