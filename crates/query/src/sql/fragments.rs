//! The only place that writes names and values into SQL.
//!
//! In: names, values, and fixed SQL text. Out: a [`Statement`].
//! Invariant: a name is always quoted, a value is always a parameter or a quoted literal.

use std::fmt::Write as _;

/// SQL with its parameters, in text form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Statement {
    /// The text, with `$1`, `$2`, ...
    pub sql: String,
    /// The parameters; their types are left to PostgreSQL.
    pub params: Vec<Option<String>>,
}

/// SQL being written.
#[derive(Debug, Default)]
pub(crate) struct Sql {
    text: String,
    params: Vec<Option<String>>,
}

impl Sql {
    /// Room for a typical statement.
    pub(crate) fn new() -> Self {
        Self { text: String::with_capacity(1024), params: Vec::new() }
    }

    /// The same, with a first parameter whose value comes later.
    pub(crate) fn after_one() -> Self {
        Self { params: vec![None], ..Self::new() }
    }

    /// Fixed SQL.
    pub(crate) fn push(&mut self, sql: &'static str) -> &mut Self {
        self.text.push_str(sql);
        self
    }

    /// A quoted name.
    pub(crate) fn ident(&mut self, name: &str) -> &mut Self {
        self.quoted(name, b'"');
        self
    }

    /// A quoted name behind the quoted name it belongs to.
    pub(crate) fn member(&mut self, owner: &str, name: &str) -> &mut Self {
        self.ident(owner).push(".").ident(name)
    }

    /// A quoted literal, for what must be known when the statement is planned.
    pub(crate) fn literal(&mut self, value: &str) -> &mut Self {
        if value.contains('\\') {
            self.text.push_str(" E");
            self.quoted(&value.replace('\\', "\\\\"), b'\'');
        } else {
            self.quoted(value, b'\'');
        }
        self
    }

    /// A number.
    pub(crate) fn number(&mut self, value: impl Into<i128>) -> &mut Self {
        let _ = write!(self.text, "{}", value.into());
        self
    }

    /// A parameter.
    pub(crate) fn param(&mut self, value: impl Into<String>) -> &mut Self {
        self.params.push(Some(value.into()));
        let _ = write!(self.text, "${}", self.params.len());
        self
    }

    /// A list of parts with `between` between them.
    pub(crate) fn join<T>(
        &mut self,
        between: &'static str,
        parts: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) -> &mut Self {
        for (index, part) in parts.into_iter().enumerate() {
            if index > 0 {
                self.push(between);
            }
            write(self, part);
        }
        self
    }

    /// A type's name. SQL's own spellings stay words, anything else is a quoted name.
    pub(crate) fn type_name(&mut self, name: &str) -> &mut Self {
        let lower = name.to_ascii_lowercase();
        match SQL_TYPES.iter().find(|known| **known == lower) {
            Some(known) => self.push(known),
            None => self.ident(name),
        }
    }

    /// A type from the catalog, which PostgreSQL itself has spelt.
    pub(crate) fn catalog_sql(&mut self, sql: &str) -> &mut Self {
        self.text.push_str(sql);
        self
    }

    /// The finished statement.
    pub(crate) fn finish(self) -> Statement {
        Statement { sql: self.text, params: self.params }
    }

    fn quoted(&mut self, text: &str, quote: u8) {
        let mark = char::from(quote);
        self.text.push(mark);
        if memchr::memchr2(quote, 0, text.as_bytes()).is_none() {
            self.text.push_str(text);
        } else {
            for c in text.chars() {
                match c {
                    // A statement travels as a C string.
                    '\0' => self.text.push('\u{fffd}'),
                    c if c == mark => self.text.extend([mark, mark]),
                    c => self.text.push(c),
                }
            }
        }
        self.text.push(mark);
    }
}

/// Type names that are grammar, not names.
const SQL_TYPES: [&str; 14] = [
    "integer",
    "int",
    "bigint",
    "smallint",
    "boolean",
    "real",
    "double precision",
    "decimal",
    "dec",
    "numeric",
    "character varying",
    "char",
    "character",
    "time",
];

/// An array literal: `{"a","b"}`.
pub(crate) fn array_literal<'v>(values: impl IntoIterator<Item = &'v str>) -> String {
    let mut text = String::from("{");
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push('"');
        for c in value.chars() {
            if matches!(c, '"' | '\\') {
                text.push('\\');
            }
            text.push(c);
        }
        text.push('"');
    }
    text.push('}');
    text
}
