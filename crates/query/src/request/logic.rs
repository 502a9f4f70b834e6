//! Trees of conditions: `or=(a.eq.1,and(b.gt.2,not.or(c.is.null,d.in.(1,2))))`.
//!
//! In: the parenthesised list of an `and`/`or` parameter.
//! Out: a [`Tree`].
//! Invariant: depth is limited, so no request can overflow the stack.

use super::cursor::{Cursor, DEEPEST};
use super::field;
use super::filter::{self, Condition, Place};
use crate::error::QueryError;

/// Conditions joined by `and` and `or`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tree {
    /// One condition.
    Leaf(Condition),
    /// Several, of which all or any must hold.
    Group {
        /// `not.`
        negated: bool,
        /// Which of `and`, `or`.
        joined: Joined,
        /// The parts.
        branches: Vec<Tree>,
    },
}

/// How the parts of a group are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joined {
    /// All must hold.
    And,
    /// One must hold.
    Or,
}

impl Joined {
    /// `and` or `or`, in a request and in SQL.
    pub fn word(self) -> &'static str {
        match self {
            Self::And => "and",
            Self::Or => "or",
        }
    }
}

/// Parses `(a.eq.1,b.eq.2)`, the value of a parameter named `and` or `or`, possibly after `not.`.
pub fn parse(negated: bool, joined: Joined, text: &str) -> Result<Tree, QueryError> {
    let mut cursor = Cursor::new("logic tree", text);
    let branches = branches(&mut cursor, 1)?;
    cursor.finish("end of input")?;
    Ok(Tree::Group { negated, joined, branches })
}

fn branches(cursor: &mut Cursor<'_>, depth: usize) -> Result<Vec<Tree>, QueryError> {
    if depth > DEEPEST {
        return Err(QueryError::too_deep("logic tree", DEEPEST));
    }
    cursor.expect("(")?;
    let mut branches = Vec::new();
    loop {
        cursor.take_while(|c| c == ' ');
        branches.push(tree(cursor, depth)?);
        cursor.take_while(|c| c == ' ');
        if cursor.eat(")") {
            return Ok(branches);
        }
        if !cursor.eat(",") {
            return Err(cursor.fail("\",\" or \")\""));
        }
    }
}

fn tree(cursor: &mut Cursor<'_>, depth: usize) -> Result<Tree, QueryError> {
    let start = cursor.position();
    let negated = cursor.eat("not.");
    for joined in [Joined::And, Joined::Or] {
        if cursor.rest().strip_prefix(joined.word()).is_some_and(|rest| rest.starts_with('(')) {
            cursor.eat(joined.word());
            return Ok(Tree::Group { negated, joined, branches: branches(cursor, depth + 1)? });
        }
    }
    cursor.rewind(start);
    let field = match field::field(cursor) {
        Ok(field) => field,
        Err(_) => {
            return Err(cursor.fail_at(
                start,
                "field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)",
            ));
        }
    };
    cursor.expect(".")?;
    Ok(Tree::Leaf(filter::condition(cursor, field, Place::InTree)?))
}
