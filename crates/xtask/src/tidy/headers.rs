//! Each file opens with what it is for.

use super::{none, sources, text};

#[test]
fn every_module_opens_with_what_it_does() {
    let mut offences = Vec::new();
    for file in sources(&[".rs"]) {
        if !text(&file).starts_with("//!") {
            offences.push(format!("{file}: open with `//! ` and what the module does"));
        }
    }
    none(&offences);
}

#[test]
fn every_statement_opens_with_what_it_asks() {
    let mut offences = Vec::new();
    for file in sources(&[".sql"]) {
        if !text(&file).starts_with("-- ") {
            offences.push(format!("{file}: open with a comment: what it asks, its parameters, its rows"));
        }
    }
    none(&offences);
}

#[test]
fn fixed_sql_lives_in_a_folder_named_sql() {
    let mut offences = Vec::new();
    for file in sources(&[".sql"]) {
        if file.starts_with("crates/") && !file.contains("/sql/") && !file.contains("/tests/") {
            offences.push(format!("{file}: move it to sql/ beside its user"));
        }
    }
    none(&offences);
}

#[test]
fn nothing_is_left_for_later_without_an_issue() {
    // Written in two halves, or this file would hold them.
    let words = [["TO", "DO"], ["FIX", "ME"], ["XX", "X"], ["HA", "CK"]].map(|halves| halves.concat());
    let mut offences = Vec::new();
    for file in sources(&[".rs", ".ts", ".vue", ".sql"]) {
        for (number, line) in text(&file).lines().enumerate() {
            let found = words
                .iter()
                .find(|word| line.split(|c: char| !c.is_alphanumeric()).any(|token| token == word.as_str()));
            if let Some(word) = found {
                offences.push(format!("{file}:{}: {word} without an issue", number + 1));
            }
        }
    }
    none(&offences);
}
