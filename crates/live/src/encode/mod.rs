//! Writes a change as the JSON that every subscriber of it receives.
//!
//! In: a change with its shape. Out: [`Encoded`], made once and shared by all receivers.
//! Invariant: valid JSON whatever the row holds. A deleted row shows only its primary key; a row of another workspace
//! never shows as the old version of this one.

mod array;
#[cfg(test)]
mod tests;
mod value;

use std::fmt::Write as _;

use bytes::Bytes;
use schema::{Change, Lsn, Op, Row, Value};

use crate::shape::{Shape, quoted};

/// Most bytes of one message; beyond it only short fields are sent.
const MAX_BYTES: usize = 1 << 20;
/// A field this short is kept even then.
const SHORT_FIELD_BYTES: usize = 64;

/// The `data` object of a `postgres_changes` message: UTF-8 JSON, shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded(Bytes);

impl Encoded {
    /// The JSON.
    pub fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// The JSON as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("{}")
    }
}

/// What all changes of a transaction say alike.
#[derive(Debug, Clone)]
pub(crate) struct Stamp {
    pub(crate) commit_timestamp: String,
    pub(crate) commit_lsn: Lsn,
}

/// Which columns a subscriber asked for; `None` is all of them.
pub(crate) type ColumnSet = Option<Vec<String>>;

/// Writes a row change.
pub(crate) fn encode(shape: &Shape, change: &Change, stamp: &Stamp, only: &ColumnSet) -> Encoded {
    let whole = write(shape, change, stamp, only, usize::MAX);
    let text = if whole.len() > MAX_BYTES { write(shape, change, stamp, only, SHORT_FIELD_BYTES) } else { whole };
    Encoded(Bytes::from(text))
}

fn write(shape: &Shape, change: &Change, stamp: &Stamp, only: &ColumnSet, longest: usize) -> String {
    let Parts { kind, record, old, old_is_key } = parts(shape, &change.op);
    let mut out = String::with_capacity(1024);
    let _ =
        write!(out, "{{\"schema\":{},\"table\":{},\"type\":\"{kind}\"", quoted(&change.schema), quoted(&change.table));
    let _ = write!(out, ",\"commit_timestamp\":\"{}\"", stamp.commit_timestamp);
    out.push_str(",\"columns\":[");
    let wanted = |name: &str| only.as_ref().is_none_or(|only| only.iter().any(|column| column == name));
    let mut first = true;
    for column in shape.columns.iter().filter(|column| wanted(&column.name)) {
        separate(&mut out, &mut first);
        let _ = write!(out, "{{\"name\":{},\"type\":{}}}", quoted(&column.name), quoted(&column.type_name));
    }
    out.push(']');
    if let Some(record) = record {
        out.push_str(",\"record\":");
        write_row(&mut out, shape, record, longest, |column| wanted(&column.name));
    }
    if let Some(old) = old {
        out.push_str(",\"old_record\":");
        write_row(
            &mut out,
            shape,
            old,
            longest,
            |column| if old_is_key { column.primary } else { wanted(&column.name) },
        );
    } else if kind != "INSERT" {
        out.push_str(",\"old_record\":{}");
    }
    let errors = if longest == usize::MAX { "null" } else { "[\"Error 413: Payload Too Large\"]" };
    let _ = write!(out, ",\"errors\":{errors},\"lsn\":\"{}\"}}", stamp.commit_lsn.0);
    out
}

/// What of a change is shown.
struct Parts<'a> {
    kind: &'static str,
    record: Option<&'a Row>,
    old: Option<&'a Row>,
    old_is_key: bool,
}

fn parts<'a>(shape: &Shape, op: &'a Op) -> Parts<'a> {
    match op {
        Op::Insert { new } => Parts { kind: "INSERT", record: Some(new), old: None, old_is_key: false },
        Op::Update { old, new } => {
            let old =
                old.as_ref().filter(|old| tenant(shape, old).is_some() && tenant(shape, old) == tenant(shape, new));
            Parts { kind: "UPDATE", record: Some(new), old, old_is_key: false }
        }
        Op::Delete { old } => Parts { kind: "DELETE", record: None, old: Some(old), old_is_key: true },
        Op::Truncate => Parts { kind: "TRUNCATE", record: None, old: None, old_is_key: false },
    }
}

/// The workspace of a row as text.
pub(crate) fn tenant<'a>(shape: &Shape, row: &'a Row) -> Option<&'a str> {
    match row.values.get(shape.tenant?)? {
        Value::Text(text) => std::str::from_utf8(text).ok(),
        Value::Null | Value::Unchanged => None,
    }
}

fn write_row(
    out: &mut String,
    shape: &Shape,
    row: &Row,
    longest: usize,
    shown: impl Fn(&crate::shape::ColumnShape) -> bool,
) {
    out.push('{');
    let mut first = true;
    for (column, value) in shape.columns.iter().zip(&row.values).filter(|(column, _)| shown(column)) {
        match value {
            // Neither known nor changed: better absent than wrong.
            Value::Unchanged => {}
            Value::Null => {
                separate(out, &mut first);
                out.push_str(&column.key);
                out.push_str("null");
            }
            Value::Text(text) if text.len() > longest => {}
            Value::Text(text) => {
                separate(out, &mut first);
                out.push_str(&column.key);
                let text = String::from_utf8_lossy(text);
                if column.array {
                    array::write(out, &text, column.kind);
                } else {
                    value::write(out, &text, column.kind);
                }
            }
        }
    }
    out.push('}');
}

fn separate(out: &mut String, first: &mut bool) {
    if !std::mem::take(first) {
        out.push(',');
    }
}
