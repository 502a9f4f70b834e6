//! The migrations that this binary brings along.
//!
//! In: `db/migrations` at build time. Out: names, texts and checksums, in the order they apply.
//! Invariant: the list is exactly the folder's content; a test compares.

use sha2::{Digest as _, Sha256};

/// A migration file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Migration {
    /// Its file name, whose order is the order of application.
    pub(super) name: &'static str,
    /// Its text.
    pub(super) sql: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/migrations.rs"));

impl Migration {
    /// The checksum of its text.
    pub(super) fn sha256(&self) -> Vec<u8> {
        Sha256::digest(self.sql.as_bytes()).to_vec()
    }

    /// Must each statement run alone, outside a transaction.
    pub(super) fn runs_outside_transaction(&self) -> bool {
        self.sql.starts_with("-- no-transaction")
    }

    /// The statements of a file that runs outside a transaction: each ends with `;` at the end of a line.
    pub(super) fn statements(&self) -> Vec<String> {
        let code: Vec<&str> = self.sql.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
        let code = code.join("\n") + "\n";
        code.split(";\n").map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }
}

/// The schema and name of the index that a `create index concurrently` statement makes.
pub(super) fn concurrent_index(statement: &str) -> Option<(String, String)> {
    let words: Vec<String> = statement.split_whitespace().map(str::to_lowercase).collect();
    let at = words.iter().position(|word| word == "concurrently")?;
    if words.first()? != "create" {
        return None;
    }
    let mut rest = words.iter().skip(at + 1).skip_while(|word| ["if", "not", "exists"].contains(&word.as_str()));
    let (name, on) = (rest.next()?, rest.next()?);
    let table = rest.find(|word| *word != "only")?;
    let schema = table.split_once('.').map_or("public", |(schema, _)| schema);
    (on == "on").then(|| (schema.to_owned(), name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_in_the_list() {
        let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/../../db/migrations");
        let names = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut on_disk: Vec<String> = names.filter(|name| name.ends_with(".sql")).collect();
        on_disk.sort();
        let listed: Vec<&str> = MIGRATIONS.iter().map(|migration| migration.name).collect();
        assert_eq!(on_disk, listed);
    }

    #[test]
    fn every_statement_outside_a_transaction_is_an_index() {
        for migration in MIGRATIONS.iter().filter(|migration| migration.runs_outside_transaction()) {
            for statement in migration.statements() {
                assert!(concurrent_index(&statement).is_some(), "{}: {statement}", migration.name);
            }
        }
    }

    #[test]
    fn an_index_is_found_by_its_schema_and_name() {
        let unique = "create unique index concurrently a_key on public.a (b) where c is null";
        assert_eq!(concurrent_index(unique), Some(("public".into(), "a_key".into())));
        let quiet = "create index concurrently if not exists b_idx on only app.b using gin (x)";
        assert_eq!(concurrent_index(quiet), Some(("app".into(), "b_idx".into())));
        assert_eq!(concurrent_index("vacuum public.a"), None);
    }
}
