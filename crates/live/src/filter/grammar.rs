//! The text of a filter into its terms.

use std::borrow::Cow;

use super::FilterError;

/// One `column=[not.]operator.value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Term<'a> {
    pub(super) column: &'a str,
    pub(super) negated: bool,
    pub(super) operator: &'a str,
    pub(super) value: &'a str,
}

/// The most values of an `in` list.
const LONGEST_LIST: usize = 100;

/// Splits at the commas that another term follows, so that a value may hold a comma as it always could.
pub(super) fn split(text: &str) -> Result<Vec<Term<'_>>, FilterError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let bad = || FilterError::Grammar(text.to_owned());
    let mut terms = Vec::new();
    let mut start = 0;
    let mut state = Nesting::default();
    for (at, char) in text.char_indices() {
        let rest = text.get(at + char.len_utf8()..).unwrap_or_default();
        if state.step(char) && term(rest).is_some() {
            terms.push(term(text.get(start..at).unwrap_or_default()).ok_or_else(bad)?);
            start = at + 1;
            state = Nesting::default();
        }
    }
    terms.push(term(text.get(start..).unwrap_or_default()).ok_or_else(bad)?);
    Ok(terms)
}

/// Where in a text we are: inside quotes, inside parentheses.
#[derive(Default)]
struct Nesting {
    quoted: bool,
    escaped: bool,
    depth: usize,
}

impl Nesting {
    /// Takes the next character; true for a comma that stands free.
    fn step(&mut self, char: char) -> bool {
        if std::mem::take(&mut self.escaped) {
            return false;
        }
        match char {
            '\\' if self.quoted => self.escaped = true,
            '"' => self.quoted = !self.quoted,
            '(' if !self.quoted => self.depth += 1,
            ')' if !self.quoted => self.depth = self.depth.saturating_sub(1),
            ',' => return !self.quoted && self.depth == 0,
            _ => {}
        }
        false
    }
}

fn term(text: &str) -> Option<Term<'_>> {
    let (column, rest) = text.split_once('=')?;
    let is_name = !column.is_empty() && column.chars().all(|char| char.is_alphanumeric() || char == '_');
    let (negated, rest) = rest.strip_prefix("not.").map_or((false, rest), |rest| (true, rest));
    let (operator, value) = rest.split_once('.')?;
    let is_operator = !operator.is_empty() && operator.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_name && is_operator).then_some(Term { column, negated, operator, value })
}

/// A value without its quotes, if it has any.
pub(super) fn unquote(value: &str) -> Cow<'_, str> {
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Cow::Borrowed(value);
    };
    let mut plain = String::with_capacity(inner.len());
    let mut chars = inner.chars();
    while let Some(char) = chars.next() {
        plain.push(if char == '\\' { chars.next().unwrap_or('\\') } else { char });
    }
    Cow::Owned(plain)
}

/// The values of `(a,"b,c")`.
pub(super) fn list(value: &str) -> Result<Vec<Cow<'_, str>>, FilterError> {
    let inner = value
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .ok_or_else(|| FilterError::Grammar(value.to_owned()))?;
    if inner.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = Vec::new();
    let mut state = Nesting::default();
    let mut start = 0;
    for (at, char) in inner.char_indices() {
        if state.step(char) {
            values.push(unquote(inner.get(start..at).unwrap_or_default()));
            start = at + 1;
        }
    }
    values.push(unquote(inner.get(start..).unwrap_or_default()));
    if values.len() > LONGEST_LIST { Err(FilterError::LongList) } else { Ok(values) }
}
