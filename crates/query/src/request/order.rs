//! In which order: `order=created_at.desc.nullslast,organization(name)`.
//!
//! In: the parameter's text.
//! Out: [`OrderTerm`]s in their order.

use super::cursor::Cursor;
use super::field::{self, Field};
use crate::error::QueryError;

/// One sort key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderTerm {
    /// The embed whose column it is; `None` for the relation itself.
    pub relation: Option<String>,
    /// What to sort by.
    pub field: Field,
    /// `asc` or `desc`, if said.
    pub direction: Option<Direction>,
    /// Where nulls go, if said.
    pub nulls: Option<Nulls>,
}

/// Up or down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Smallest first.
    Asc,
    /// Largest first.
    Desc,
}

/// Where nulls go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nulls {
    /// Before all values.
    First,
    /// After all values.
    Last,
}

/// Parses the value of `order`.
pub fn parse(text: &str) -> Result<Vec<OrderTerm>, QueryError> {
    let mut cursor = Cursor::new("order", text);
    let mut terms = Vec::new();
    loop {
        cursor.skip_blanks();
        terms.push(term(&mut cursor)?);
        cursor.skip_blanks();
        if !cursor.eat(",") {
            return Ok(terms);
        }
    }
}

const DIRECTIONS: &str = "\"asc\", \"desc\", \"nullsfirst\" or \"nullslast\"";
const NULLS: &str = "\"nullsfirst\" or \"nullslast\"";

fn term(cursor: &mut Cursor<'_>) -> Result<OrderTerm, QueryError> {
    let mut field = field::field(cursor)?;
    let relation = related(cursor, &mut field);
    let mut direction = None;
    let mut nulls = None;
    let mut ends = "letter, digit, \"-\", \"->>\", \"->\", delimiter (.), \",\" or end of input";
    while nulls.is_none() && cursor.eat(".") {
        let start = cursor.position();
        if direction.is_none() && cursor.eat("asc") {
            direction = Some(Direction::Asc);
        } else if direction.is_none() && cursor.eat("desc") {
            direction = Some(Direction::Desc);
        } else if cursor.eat("nullsfirst") {
            nulls = Some(Nulls::First);
        } else if cursor.eat("nullslast") {
            nulls = Some(Nulls::Last);
        } else {
            let (word, expecting) = if direction.is_none() { ("asc", DIRECTIONS) } else { ("nullsfirst", NULLS) };
            return Err(cursor.fail_word(start, word, expecting));
        }
        ends = if nulls.is_some() { "\",\" or end of input" } else { "delimiter (.), \",\" or end of input" };
    }
    if !cursor.is_done() && cursor.peek() != Some(',') {
        return Err(cursor.fail_end(ends));
    }
    Ok(OrderTerm { relation, field, direction, nulls })
}

/// Reads `(column)` behind the name of an embed, which then is the relation; nothing, unmoved, if it is none.
fn related(cursor: &mut Cursor<'_>, field: &mut Field) -> Option<String> {
    let start = cursor.position();
    if field.is_plain() && cursor.eat("(") {
        if let Ok(inner) = field::field(cursor)
            && cursor.eat(")")
        {
            return Some(std::mem::replace(field, inner).name);
        }
        cursor.rewind(start);
    }
    None
}
