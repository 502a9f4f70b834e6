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

/// Parses `(a.eq.1,b.eq.2)`, the value of a parameter named `and` or `or`, possibly after `not.`. Errors count the
/// parameter's name as part of the text; what follows the closed list is not read.
pub fn parse(negated: bool, joined: Joined, text: &str) -> Result<Tree, QueryError> {
    let ahead = joined.word().len() + if negated { "not.".len() } else { 0 };
    let branches = branches(&mut Cursor::behind(ahead, "logic tree", text), 1)?;
    Ok(Tree::Group { negated, joined, branches })
}

fn branches(cursor: &mut Cursor<'_>, depth: usize) -> Result<Vec<Tree>, QueryError> {
    if depth > DEEPEST {
        return Err(QueryError::too_deep("logic tree", DEEPEST));
    }
    cursor.skip_blanks();
    cursor.expect("(")?;
    let mut branches = Vec::new();
    loop {
        cursor.skip_blanks();
        branches.push(tree(cursor, depth)?);
        cursor.skip_blanks();
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
        let list = cursor.rest().strip_prefix(joined.word()).map(|rest| rest.trim_start_matches([' ', '\t']));
        if list.is_some_and(|list| list.starts_with('(')) {
            cursor.skip(joined.word().len());
            return Ok(Tree::Group { negated, joined, branches: branches(cursor, depth + 1)? });
        }
    }
    cursor.rewind(start);
    leaf(cursor).map(Tree::Leaf).map_err(|error| no_group(cursor, start).unwrap_or(error))
}

fn leaf(cursor: &mut Cursor<'_>) -> Result<Condition, QueryError> {
    let start = cursor.position();
    let Ok(field) = field::field(cursor) else { return Err(cursor.fail_at(start, NO_BRANCH)) };
    cursor.skip_blanks();
    if !cursor.eat(".") {
        return Err(cursor.fail(FIELD_ENDS));
    }
    filter::condition(cursor, field, Place::InTree)
}

const NO_BRANCH: &str = "field name (* or [a..z0..9_$]), negation operator (not) or logic operator (and, or)";
const FIELD_ENDS: &str = "letter, digit, \"-\", \"->>\", \"->\" or delimiter (.)";

/// What is wrong with a group, if that is how the branch begins.
fn no_group(cursor: &mut Cursor<'_>, start: usize) -> Option<QueryError> {
    cursor.rewind(start);
    let negated = cursor.eat("not.");
    if cursor.eat("and") || cursor.eat("or") {
        return Some(cursor.fail("\"(\""));
    }
    negated.then(|| cursor.fail("logic operator (and, or)"))
}
