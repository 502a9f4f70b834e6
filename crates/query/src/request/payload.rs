//! What has to be known about a body before the database reads it: its keys and whether it is a list.
//!
//! In: the body's bytes and content type. Out: a [`Payload`].
//! Invariant: a JSON body is passed on as it came; values are never looked at here.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::form::pairs;
use crate::error::QueryError;

/// A body to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Payload {
    /// JSON text: an object, or a list of objects.
    pub json: String,
    /// Is it a list.
    pub is_list: bool,
    /// How many rows it has.
    pub rows: usize,
    /// The keys of its objects, in the order of the first.
    pub keys: Vec<String>,
    /// Have all objects the same keys.
    pub uniform: bool,
}

/// Reads a body of the given content type.
pub(crate) fn parse(content_type: Option<&str>, body: &[u8]) -> Result<Payload, QueryError> {
    let text = std::str::from_utf8(body).map_err(|_| QueryError::body("Empty or invalid json"))?;
    let kind = content_type.and_then(|header| header.split(';').next()).map(|kind| kind.trim().to_ascii_lowercase());
    match kind.as_deref() {
        None
        | Some("" | "application/json" | "application/vnd.pgrst.object+json" | "application/vnd.pgrst.array+json") => {
            json(text)
        }
        Some("text/csv") => csv(text),
        Some("application/x-www-form-urlencoded") => Ok(form(text)),
        Some(other) => Err(QueryError::body(&format!("Content-Type not acceptable: {other}"))),
    }
}

fn json(text: &str) -> Result<Payload, QueryError> {
    let facts: Facts = serde_json::from_str(text).map_err(|_| QueryError::body("Empty or invalid json"))?;
    let Facts { is_list, rows, keys, uniform } = facts;
    Ok(Payload { json: text.to_owned(), is_list, rows, keys, uniform })
}

fn form(text: &str) -> Payload {
    let object: serde_json::Map<String, serde_json::Value> =
        pairs(text).map(|(key, value)| (key.into_owned(), value.into_owned().into())).collect();
    let keys = object.keys().cloned().collect();
    Payload { json: serde_json::Value::Object(object).to_string(), is_list: false, rows: 1, keys, uniform: true }
}

/// A CSV body: the first line names the keys, the bare word `NULL` is null.
fn csv(text: &str) -> Result<Payload, QueryError> {
    let mut lines = csv_rows(text).into_iter();
    let keys: Vec<String> = lines.next().unwrap_or_default().into_iter().map(|(cell, _)| cell).collect();
    let mut rows = Vec::new();
    for cells in lines {
        if cells.len() != keys.len() {
            return Err(QueryError::body("All lines must have same number of fields"));
        }
        let object: serde_json::Map<String, serde_json::Value> = keys
            .iter()
            .zip(cells)
            .map(|(key, (cell, quoted))| {
                let value = if cell == "NULL" && !quoted { serde_json::Value::Null } else { cell.into() };
                (key.clone(), value)
            })
            .collect();
        rows.push(serde_json::Value::Object(object));
    }
    let count = rows.len();
    Ok(Payload { json: serde_json::Value::Array(rows).to_string(), is_list: true, rows: count, keys, uniform: true })
}

/// The cells of each line, each with whether it was quoted (RFC 4180).
fn csv_rows(text: &str) -> Vec<Vec<(String, bool)>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut cell = String::new();
    let mut was_quoted = false;
    let mut chars = text.strip_prefix('\u{feff}').unwrap_or(text).chars().peekable();
    let mut inside = false;
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' if inside => inside = false,
            '"' if cell.is_empty() && !was_quoted => {
                inside = true;
                was_quoted = true;
            }
            ',' if !inside => row.push((std::mem::take(&mut cell), std::mem::take(&mut was_quoted))),
            '\r' if !inside && chars.peek() == Some(&'\n') => {}
            '\n' if !inside => {
                row.push((std::mem::take(&mut cell), std::mem::take(&mut was_quoted)));
                rows.push(std::mem::take(&mut row));
            }
            other => cell.push(other),
        }
    }
    if !cell.is_empty() || was_quoted || !row.is_empty() {
        row.push((cell, was_quoted));
        rows.push(row);
    }
    rows
}

/// What is gathered while a body is checked: it must be an object or a list of objects.
struct Facts {
    is_list: bool,
    rows: usize,
    keys: Vec<String>,
    uniform: bool,
}

impl<'de> Deserialize<'de> for Facts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FactsVisitor)
    }
}

struct FactsVisitor;

impl<'de> Visitor<'de> for FactsVisitor {
    type Value = Facts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list of objects")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Facts, A::Error> {
        Ok(Facts { is_list: false, rows: 1, keys: KeysVisitor.visit_map(map)?.0, uniform: true })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Facts, A::Error> {
        let mut facts = Facts { is_list: true, rows: 0, keys: Vec::new(), uniform: true };
        let mut sorted = Vec::new();
        while let Some(Keys(keys)) = list.next_element()? {
            facts.rows += 1;
            if facts.rows == 1 {
                sorted.clone_from(&keys);
                sorted.sort_unstable();
                facts.keys = keys;
            } else if facts.keys != keys {
                let mut other = keys;
                other.sort_unstable();
                facts.uniform &= sorted == other;
            }
        }
        Ok(facts)
    }
}

/// The keys of one object, each once.
struct Keys(Vec<String>);

impl<'de> Deserialize<'de> for Keys {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys: Vec<String> = Vec::new();
        while let Some((key, IgnoredAny)) = map.next_entry::<String, IgnoredAny>()? {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
        Ok(Keys(keys))
    }
}
