//! Lists of column names: `columns="a","b"` and `on_conflict=email`.
//!
//! In: the parameter's text. Out: names in their order, each once.

use super::cursor::Cursor;
use super::field;
use crate::error::QueryError;

/// Parses a list of names; `what` says in errors which parameter it is.
pub fn parse(what: &'static str, text: &str) -> Result<Vec<String>, QueryError> {
    let mut cursor = Cursor::new(what, text);
    let mut names = Vec::new();
    loop {
        let name = field::name(&mut cursor)?;
        if !names.contains(&name) {
            names.push(name);
        }
        if !cursor.eat(",") {
            return Ok(names);
        }
    }
}
