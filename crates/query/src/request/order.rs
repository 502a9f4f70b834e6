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
        terms.push(term(&mut cursor)?);
        if cursor.eat(",") {
            continue;
        }
        cursor.finish("\"asc\", \"desc\", \"nullsfirst\", \"nullslast\", \",\" or end of input")?;
        return Ok(terms);
    }
}

fn term(cursor: &mut Cursor<'_>) -> Result<OrderTerm, QueryError> {
    let mut field = field::field(cursor)?;
    let mut relation = None;
    if field.is_plain() && cursor.eat("(") {
        let inner = field::field(cursor)?;
        cursor.expect(")")?;
        relation = Some(std::mem::replace(&mut field, inner).name);
    }
    let mut direction = None;
    let mut nulls = None;
    while cursor.eat(".") {
        let start = cursor.position();
        match cursor.take_while(|c| c.is_ascii_lowercase()) {
            "asc" if direction.is_none() && nulls.is_none() => direction = Some(Direction::Asc),
            "desc" if direction.is_none() && nulls.is_none() => direction = Some(Direction::Desc),
            "nullsfirst" if nulls.is_none() => nulls = Some(Nulls::First),
            "nullslast" if nulls.is_none() => nulls = Some(Nulls::Last),
            _ => {
                let expecting = if direction.is_none() && nulls.is_none() {
                    "\"asc\", \"desc\", \"nullsfirst\" or \"nullslast\""
                } else {
                    "\"nullsfirst\" or \"nullslast\""
                };
                return Err(cursor.fail_at(start, expecting));
            }
        }
    }
    Ok(OrderTerm { relation, field, direction, nulls })
}
