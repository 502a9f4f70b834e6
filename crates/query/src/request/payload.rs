//! What has to be known about a body before the database reads it: its keys and whether it is a list.
//!
//! In: the body's bytes and content type. Out: a [`Payload`].
//! Invariant: a JSON body is passed on as it came; values are never looked at here.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

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
    /// Are all elements objects with the same keys.
    pub uniform: bool,
}

/// What a body is, by its `Content-Type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Media {
    /// JSON, also when nothing is said.
    Json,
    /// Rows of text.
    Csv,
    /// A form.
    Form,
    /// Plain text, for a function's one argument.
    Text,
    /// XML, for the same.
    Xml,
    /// Bytes, for the same.
    Bytes,
    /// Anything else.
    Other,
}

/// The kind of body that a `Content-Type` announces.
pub(crate) fn media(content_type: Option<&str>) -> Media {
    match mime(content_type).as_str() {
        "" | "application/json" | "application/vnd.pgrst.object+json" | "application/vnd.pgrst.array+json" => {
            Media::Json
        }
        "text/csv" => Media::Csv,
        "application/x-www-form-urlencoded" => Media::Form,
        "text/plain" => Media::Text,
        "text/xml" => Media::Xml,
        "application/octet-stream" => Media::Bytes,
        _ => Media::Other,
    }
}

fn mime(content_type: Option<&str>) -> String {
    content_type.and_then(|header| header.split(';').next()).unwrap_or_default().trim().to_ascii_lowercase()
}

/// Reads a body of the given content type that has rows.
pub(crate) fn parse(content_type: Option<&str>, body: &[u8]) -> Result<Payload, QueryError> {
    match media(content_type) {
        Media::Json => json(body),
        Media::Csv => csv(text(body)?),
        Media::Form => Ok(form(&String::from_utf8_lossy(body))),
        Media::Text | Media::Xml | Media::Bytes | Media::Other => {
            Err(QueryError::body(&format!("Content-Type not acceptable: {}", mime(content_type))))
        }
    }
}

/// The body as text.
pub(crate) fn text(body: &[u8]) -> Result<&str, QueryError> {
    std::str::from_utf8(body).map_err(|error| {
        let rest = body.get(error.valid_up_to()..).unwrap_or_default();
        QueryError::encoding(rest)
    })
}

fn json(body: &[u8]) -> Result<Payload, QueryError> {
    let payload = std::str::from_utf8(body).ok().and_then(|text| rows(text).ok());
    let payload = payload.ok_or_else(|| QueryError::body("Empty or invalid json"))?;
    if is_deep(&payload.json) { Err(QueryError::too_deep("JSON", DEEPEST_JSON)) } else { Ok(payload) }
}

/// An object is one row, a list is its objects, and any other value is an empty list.
fn rows(text: &str) -> serde_json::Result<Payload> {
    let (mut is_list, mut count, mut first, mut uniform) = (true, 0, Vec::new(), true);
    match text.trim_start().as_bytes().first() {
        Some(b'{') => {
            Keys(first) = serde_json::from_str(text)?;
            (is_list, count) = (false, 1);
        }
        Some(b'[') => {
            let rows: Vec<&RawValue> = serde_json::from_str(text)?;
            count = rows.len();
            let mut sorted = Vec::new();
            for (index, row) in rows.iter().enumerate() {
                if !row.get().starts_with('{') {
                    uniform = false;
                    break;
                }
                let Keys(mut keys) = serde_json::from_str(row.get())?;
                if index == 0 {
                    first.clone_from(&keys);
                    keys.sort_unstable();
                    sorted = keys;
                } else if first != keys {
                    keys.sort_unstable();
                    uniform &= sorted == keys;
                }
            }
        }
        _ => {
            let IgnoredAny = serde_json::from_str(text)?;
        }
    }
    Ok(Payload { json: text.to_owned(), is_list, rows: count, keys: first, uniform })
}

/// The most levels of JSON that are passed on. PostgreSQL takes more, but its stack has an end.
pub(crate) const DEEPEST_JSON: usize = 1000;

/// Do lists and objects nest deeper than is passed on.
pub(crate) fn is_deep(text: &str) -> bool {
    if text.len() <= DEEPEST_JSON {
        return false;
    }
    let (mut depth, mut deepest, mut quoted, mut escaped) = (0_usize, 0, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'[' | b'{' if !quoted => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest > DEEPEST_JSON
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
    let first = lines.next().ok_or_else(|| QueryError::body("parse error (not enough input) at \"\""))?;
    let keys: Vec<String> = first.into_iter().map(|(cell, _)| cell).collect();
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
