//! Any filter of a subscription is refused or read, and then judges any row.
//!
//! In: a number that picks the relation, the filter, and a line for each value of the row.
#![no_main]

#[path = "../../../crates/query/tests/it/fixture.rs"]
mod fixture;

use std::sync::Arc;

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use live::Filter;
use schema::{ChangeColumn, Row, Value};

fuzz_target!(|text: &str| {
    let (choice, rest) = text.split_at_checked(1).unwrap_or_default();
    let relations = &fixture::catalog().relations;
    let choice = usize::from(choice.bytes().next().unwrap_or_default()) % relations.len();
    let Some(relation) = relations.values().nth(choice) else { return };
    let (filter, values) = rest.split_once('\n').unwrap_or((rest, ""));
    let Ok(filter) = Filter::parse(filter, relation) else { return };
    let columns: Vec<ChangeColumn> = relation
        .columns
        .iter()
        .map(|column| ChangeColumn { name: Arc::from(column.name.as_str()), type_oid: 0, key: false })
        .collect();
    let mut values = values.lines();
    let values = columns
        .iter()
        .map(|_| match values.next() {
            None | Some("null") => Value::Null,
            Some("unchanged") => Value::Unchanged,
            Some(text) => Value::Text(Bytes::copy_from_slice(text.as_bytes())),
        })
        .collect();
    filter.matches(&columns, &Row { values });
});
