//! Finds out what the values of a column are.
//!
//! In: every cell of a column. Out: its type, and how dates and numbers are written in it.
//! Invariant: pure; a type is said only when every value has it.

mod date;
mod number;
mod profile;

pub use date::{DateEvidence, DateFormat, Moment, parse as parse_moment, shape as date_shape};
pub use number::{NumberFormat, is_identifier, parse as parse_number};
pub use profile::Profile;

use serde::{Deserialize, Serialize};

/// What all values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    /// Anything.
    Text,
    /// Numbers.
    Number,
    /// Days.
    Date,
    /// Days with a time.
    Datetime,
    /// Yes and no.
    Boolean,
    /// E-mail addresses.
    Email,
    /// No value at all.
    Empty,
}

/// Yes or no, as exports write it.
pub fn parse_boolean(cell: &str) -> Option<bool> {
    match cell.trim().to_ascii_lowercase().as_str() {
        "true" | "t" | "yes" | "y" | "1" | "x" | "on" | "ja" => Some(true),
        "false" | "f" | "no" | "n" | "0" | "off" | "nein" => Some(false),
        _ => None,
    }
}

/// Does it have the form of an e-mail address? The same test as the database's.
pub fn is_email(cell: &str) -> bool {
    let mut parts = cell.split('@');
    let full = |part: Option<&str>| part.is_some_and(|text| !text.is_empty() && !text.contains(char::is_whitespace));
    full(parts.next()) && full(parts.next()) && parts.next().is_none()
}

/// Is it a value rather than a name: a number, a date, an address?
pub fn looks_like_data(cell: &str) -> bool {
    parse_number(cell, NumberFormat::Point).is_some() || date_shape(cell).is_some() || is_email(cell)
}
