//! Any `Prefer`, `Accept` or `Range` header is refused or read.
#![no_main]

use std::collections::BTreeSet;

use libfuzzer_sys::fuzz_target;
use query::request::{accept, prefer, range};

fuzz_target!(|text: &str| {
    let lines: Vec<&str> = text.lines().collect();
    let _ = prefer::parse(&lines, &BTreeSet::from([String::from("UTC")]));
    let _ = accept::parse(Some(text));
    let _ = range::parse(Some(text));
});
