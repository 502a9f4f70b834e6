//! What no compiler checks: the house rules about files, edges between crates, licences and documents.
//!
//! In: the files of the repository.
//! Out: tests that fail with one line per offence: the file and what to do.

mod budgets;
mod dependencies;
mod documents;
mod edges;
mod headers;
mod names;
mod sizes;

use crate::repository;

/// Fails with every offence on a line of its own.
fn none(offences: &[String]) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

/// The files whose name ends in one of these, less what a generator or a package manager wrote.
fn sources(endings: &[&str]) -> Vec<String> {
    let mut files = repository::files().expect("the list of files");
    files.retain(|file| endings.iter().any(|ending| file.ends_with(ending)) && !is_generated(file));
    files
}

fn is_generated(file: &str) -> bool {
    file == "db/schema.sql" || file.contains("/dist/") || file.contains("/generated/") || file.ends_with(".d.ts")
}

fn text(file: &str) -> String {
    repository::read(file).expect("a file of the list")
}
