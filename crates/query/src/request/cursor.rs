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
    ahead: usize,
}

impl<'a> Cursor<'a> {
    /// A cursor at the start of `text`, which errors call `what`.
    pub(crate) fn new(what: &'static str, text: &'a str) -> Self {
        Self { text, at: 0, what, ahead: 0 }
    }

    /// The same, where `ahead` characters stand before the text: its errors count them.
    pub(crate) fn behind(ahead: usize, what: &'static str, text: &'a str) -> Self {
        Self { ahead, ..Self::new(what, text) }
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

    /// Goes on by so many bytes, which have been looked at.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.text.len());
    }

    /// Skips blanks.
    pub(crate) fn skip_blanks(&mut self) {
        self.take_while(|c| matches!(c, ' ' | '\t'));
    }

    /// The error "something else was expected here".
    pub(crate) fn fail(&self, expecting: &str) -> QueryError {
        self.fail_at(self.at, expecting)
    }

    /// The error "something else was expected there".
    pub(crate) fn fail_at(&self, position: usize, expecting: &str) -> QueryError {
        self.error(position, self.char_at(position), '"', expecting)
    }

    /// The error where the text might have ended, which names the character as one.
    pub(crate) fn fail_end(&self, expecting: &str) -> QueryError {
        self.error(self.at, self.char_at(self.at), '\'', expecting)
    }

    /// The error where a word was expected: it points at the word's start and names the first character that differs
    /// from `word`.
    pub(crate) fn fail_word(&self, start: usize, word: &str, expecting: &str) -> QueryError {
        let written = self.text.get(start..).unwrap_or_default();
        let same = written.chars().zip(word.chars()).take_while(|(a, b)| a == b).count();
        self.error(start, written.chars().nth(same), '"', expecting)
    }

    fn char_at(&self, position: usize) -> Option<char> {
        self.text.get(position..)?.chars().next()
    }

    fn error(&self, position: usize, found: Option<char>, quote: char, expecting: &str) -> QueryError {
        let before = self.text.get(..position).unwrap_or_default();
        let column = self.ahead + before.chars().count() + 1;
        let found = found.map_or_else(|| String::from("end of input"), |found| shown(found, quote));
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

/// A character in quotes, with its number when it is not a plain one.
fn shown(found: char, quote: char) -> String {
    match found {
        c if c == quote || c == '\\' => format!("{quote}\\{c}{quote}"),
        ' '..='~' => format!("{quote}{found}{quote}"),
        '\n' => format!("{quote}\\n{quote}"),
        '\r' => format!("{quote}\\r{quote}"),
        '\t' => format!("{quote}\\t{quote}"),
        _ => format!("{quote}\\{}{quote}", u32::from(found)),
    }
}
