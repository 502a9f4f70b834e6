//! A reading position in one parameter's text, and the errors that point at it.
//!
//! In: the text and what it is called (`filter`, `order`, ...).
//! Out: characters, and [`QueryError`]s with the column where reading stopped.
//! Invariant: never splits a character; a failed `eat` does not move.

use crate::error::QueryError;

/// How deep parentheses may nest anywhere in a request.
pub(crate) const DEEPEST: usize = 100;

/// A reading position.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'a> {
    text: &'a str,
    at: usize,
    what: &'static str,
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `text`, which errors call `what`.
    pub(crate) fn new(what: &'static str, text: &'a str) -> Self {
        Self { text, at: 0, what }
    }

    /// Where it stands, to come back to.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Goes back to an earlier position.
    pub(crate) fn rewind(&mut self, position: usize) {
        self.at = position;
    }

    /// What is left.
    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The next character.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Takes the next character.
    pub(crate) fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Takes `token` if it is next.
    pub(crate) fn eat(&mut self, token: &str) -> bool {
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    /// Takes `token` or fails.
    pub(crate) fn expect(&mut self, token: &str) -> Result<(), QueryError> {
        if self.eat(token) { Ok(()) } else { Err(self.fail(&format!("\"{token}\""))) }
    }

    /// Takes characters as long as they please.
    pub(crate) fn take_while(&mut self, mut pleases: impl FnMut(char) -> bool) -> &'a str {
        let rest = self.rest();
        let length = rest.find(|c| !pleases(c)).unwrap_or(rest.len());
        self.at += length;
        rest.get(..length).unwrap_or_default()
    }

    /// Takes all that is left.
    pub(crate) fn take_rest(&mut self) -> &'a str {
        let rest = self.rest();
        self.at = self.text.len();
        rest
    }

    /// Is everything read.
    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Fails unless everything is read.
    pub(crate) fn finish(&self, expecting: &str) -> Result<(), QueryError> {
        if self.is_done() { Ok(()) } else { Err(self.fail(expecting)) }
    }

    /// The error "something else was expected here".
    pub(crate) fn fail(&self, expecting: &str) -> QueryError {
        self.fail_at(self.at, expecting)
    }

    /// The error "something else was expected there".
    pub(crate) fn fail_at(&self, position: usize, expecting: &str) -> QueryError {
        let before = self.text.get(..position).unwrap_or_default();
        let column = before.chars().count() + 1;
        let found = match self.text.get(position..).and_then(|rest| rest.chars().next()) {
            Some(found) => format!("\"{found}\""),
            None => String::from("end of input"),
        };
        QueryError::syntax(self.what, self.text, column, format!("unexpected {found} expecting {expecting}"))
    }

    /// A text in double quotes with `\` before a quote or backslash inside; `None`, unmoved, if there is none or it
    /// never ends.
    pub(crate) fn quoted(&mut self) -> Option<String> {
        let start = self.at;
        if !self.eat("\"") {
            return None;
        }
        let mut value = String::new();
        while let Some(c) = self.next() {
            match c {
                '"' => return Some(value),
                '\\' => match self.next() {
                    Some(escaped) => value.push(escaped),
                    None => break,
                },
                plain => value.push(plain),
            }
        }
        self.at = start;
        None
    }
}
