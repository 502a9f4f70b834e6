//! The edges between crates, as ARCHITECTURE.md draws them: a new one is a decision, not a convenience.

use std::collections::BTreeSet;

use super::{none, text};
use crate::repository;

/// Each crate and what of ours it may use in the product; tests may also use `testdb`.
const EDGES: [(&str, &[&str]); 7] = [
    ("schema", &[]),
    ("query", &["schema"]),
    ("wal", &["schema"]),
    ("live", &["schema"]),
    ("server", &["schema", "query", "wal", "live"]),
    ("testdb", &[]),
    ("xtask", &[]),
];

/// Crates that do no I/O and read no clock, and what they must therefore not know.
const PURE: [&str; 3] = ["schema", "query", "live"];
const IMPURE: [&str; 12] = [
    "tokio",
    "tokio-postgres",
    "postgres-protocol",
    "axum",
    "tower",
    "tower-http",
    "reqwest",
    "getrandom",
    "rand",
    "chrono",
    "tracing",
    "rustix",
];

#[test]
fn crates_depend_on_each_other_only_as_the_architecture_says() {
    let mut offences = Vec::new();
    for (name, allowed) in EDGES {
        for dependency in dependencies(name, "dependencies") {
            if is_ours(&dependency) && !allowed.contains(&dependency.as_str()) {
                offences.push(format!("crates/{name} must not depend on {dependency}"));
            }
        }
        for dependency in dependencies(name, "dev-dependencies") {
            if is_ours(&dependency) && dependency != "testdb" && !allowed.contains(&dependency.as_str()) {
                offences.push(format!("crates/{name} must not use {dependency} in its tests"));
            }
        }
    }
    none(&offences);
}

#[test]
fn schema_query_and_live_know_no_runtime_no_driver_and_no_clock() {
    let mut offences = Vec::new();
    for name in PURE {
        for dependency in dependencies(name, "dependencies") {
            if IMPURE.contains(&dependency.as_str()) {
                offences.push(format!("crates/{name} is pure and must not depend on {dependency}"));
            }
        }
    }
    none(&offences);
}

#[test]
fn pure_crates_neither_read_files_nor_sockets_nor_the_clock() {
    let mut offences = Vec::new();
    for file in super::sources(&[".rs"]) {
        let pure = PURE.iter().any(|name| file.starts_with(&format!("crates/{name}/src/")));
        if !pure {
            continue;
        }
        for word in ["std::fs", "std::net", "std::process", "std::env", "Instant::now", "SystemTime"] {
            if text(&file).contains(word) {
                offences.push(format!("{file}: {word} belongs in the server"));
            }
        }
    }
    none(&offences);
}

#[test]
fn only_the_pool_opens_ordinary_connections_and_only_wal_the_replication_one() {
    let mut offences = Vec::new();
    for file in super::sources(&[".rs"]) {
        let content = text(&file);
        let product = file.starts_with("crates/server/src/") || file.starts_with("crates/live/src/");
        if product && content.contains("pgwire_replication") {
            offences.push(format!("{file}: replication belongs in crates/wal"));
        }
    }
    none(&offences);
}

#[test]
fn every_crate_has_its_edges_written_down() {
    let written: BTreeSet<&str> = EDGES.iter().map(|(name, _)| *name).collect();
    let present = std::fs::read_dir(repository::root().join("crates")).expect("crates/");
    for entry in present.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(written.contains(name.as_str()), "crates/{name} is new: add its edges here and in ARCHITECTURE.md");
    }
}

fn is_ours(name: &str) -> bool {
    EDGES.iter().any(|(ours, _)| *ours == name)
}

fn dependencies(name: &str, section: &str) -> Vec<String> {
    let manifest: toml::Table = text(&format!("crates/{name}/Cargo.toml")).parse().expect("a manifest");
    let Some(section) = manifest.get(section).and_then(toml::Value::as_table) else { return Vec::new() };
    section.keys().cloned().collect()
}
