//! What comes in from outside: licences, sources and bans of deny.toml, read from `cargo metadata`.
//!
//! cargo-deny takes longer to build than all our tests to run (docs/adr/0007); the rules are in its format.

use std::process::Command;

use serde_json::Value;

use super::{none, text};
use crate::repository;

#[test]
fn every_dependency_has_an_allowed_licence() {
    let allowed = strings(&rules(), "licenses", "allow");
    let mut offences = Vec::new();
    for package in packages() {
        let Some(licence) = field(&package, "license") else {
            offences.push(format!("{}: no licence in its manifest", name_of(&package)));
            continue;
        };
        if !permitted(&licence, &allowed) {
            offences.push(format!("{}: licence {licence}", name_of(&package)));
        }
    }
    none(&offences);
}

#[test]
fn every_dependency_comes_from_the_crate_registry() {
    let mut offences = Vec::new();
    for package in packages() {
        let ours = field(&package, "source").is_none();
        let registered = field(&package, "source").is_some_and(|source| source.ends_with("/rust-lang/crates.io-index"));
        if !ours && !registered {
            offences.push(format!("{}: from {:?}", name_of(&package), field(&package, "source")));
        }
    }
    none(&offences);
}

#[test]
fn no_banned_crate_is_among_the_dependencies() {
    let rules = rules();
    let banned = rules.get("bans").and_then(|bans| bans.get("deny")).and_then(toml::Value::as_array);
    let banned = banned.cloned().unwrap_or_default();
    let mut offences = Vec::new();
    for package in packages() {
        let name = name_of(&package);
        for ban in &banned {
            if ban.get("name").and_then(toml::Value::as_str) == Some(name.as_str()) {
                let reason = ban.get("reason").and_then(toml::Value::as_str).unwrap_or("see deny.toml");
                offences.push(format!("{name}: {reason}"));
            }
        }
    }
    none(&offences);
}

#[test]
fn every_dependency_is_declared_once_for_the_workspace() {
    let mut offences = Vec::new();
    for file in super::sources(&["Cargo.toml"]) {
        // The root declares them; fuzz/ is a workspace of its own and never ships.
        if !file.starts_with("crates/") {
            continue;
        }
        let manifest: toml::Table = text(&file).parse().expect("a manifest");
        for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(section) = manifest.get(section).and_then(toml::Value::as_table) else { continue };
            for (name, value) in section {
                let inherited = value.get("workspace").and_then(toml::Value::as_bool) == Some(true);
                if !inherited {
                    offences.push(format!("{file}: {name}: declare the version in the root Cargo.toml"));
                }
            }
        }
    }
    none(&offences);
}

#[test]
fn a_licence_expression_is_read_as_spdx_says() {
    let allowed = ["MIT", "Unicode-3.0"].map(str::to_owned);
    assert!(permitted("MIT OR Apache-2.0", &allowed));
    assert!(permitted("MIT/Apache-2.0", &allowed));
    assert!(permitted("(MIT OR Apache-2.0) AND Unicode-3.0", &allowed));
    assert!(!permitted("(GPL-3.0 OR Apache-2.0) AND Unicode-3.0", &allowed));
    assert!(!permitted("MIT AND GPL-3.0", &allowed));
}

// OR needs one side, AND both, AND binds tighter; a slash is an old OR. One level of parentheses is all that occurs.
fn permitted(expression: &str, allowed: &[String]) -> bool {
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    if let Some((open, close)) = expression.find('(').zip(expression.find(')')) {
        let inner = expression.get(open + 1..close).unwrap_or_default();
        let stands_for = if permitted(inner, allowed) { allowed.first().map_or("", String::as_str) } else { "no" };
        let (head, tail) =
            (expression.get(..open).unwrap_or_default(), expression.get(close + 1..).unwrap_or_default());
        return permitted(&format!("{head}{stands_for}{tail}"), allowed);
    }
    expression
        .split(" OR ")
        .any(|side| side.split(" AND ").all(|licence| allowed.iter().any(|one| one == licence.trim())))
}

fn packages() -> Vec<Value> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version", "1", "--locked"])
        .current_dir(repository::root())
        .output()
        .expect("cargo metadata");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    metadata.get("packages").and_then(Value::as_array).cloned().unwrap_or_default()
}

fn rules() -> toml::Table {
    text("deny.toml").parse().expect("deny.toml")
}

fn strings(table: &toml::Table, section: &str, key: &str) -> Vec<String> {
    let list = table.get(section).and_then(|section| section.get(key)).and_then(toml::Value::as_array);
    list.expect(key).iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
}

fn field(package: &Value, key: &str) -> Option<String> {
    package.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn name_of(package: &Value) -> String {
    field(package, "name").unwrap_or_default()
}
