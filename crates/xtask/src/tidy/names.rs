//! A file says what is in it, and nothing says on whose machine it was written.

use super::{none, sources, text};
use crate::repository;

const DRAWERS: [&str; 8] = ["utils", "util", "common", "helpers", "helper", "misc", "manager", "stuff"];

#[test]
fn no_file_or_folder_is_a_drawer() {
    let mut offences = Vec::new();
    for file in repository::files().expect("the list of files") {
        let drawer = file.split('/').find(|part| DRAWERS.contains(&part.split('.').next().unwrap_or_default()));
        if let Some(drawer) = drawer {
            offences.push(format!("{file}: name what it is instead of `{drawer}`"));
        }
    }
    none(&offences);
}

#[test]
fn no_file_names_a_place_on_one_machine_or_a_registry_host() {
    // Written in two halves, or this file would name them.
    let words = [
        ["/ro", "ot/"],
        ["/wo", "rk/"],
        ["/ho", "me/"],
        ["registry.npm", "js"],
        ["static.crates", ".io"],
        ["index.crates", ".io"],
    ]
    .map(|halves| halves.concat());
    let mut offences = Vec::new();
    let mut files =
        sources(&[".rs", ".ts", ".vue", ".sql", ".toml", ".json", ".md", ".mjs", ".yml", ".sh", ".html", ".css"]);
    files
        .extend(repository::files().expect("the list of files").into_iter().filter(|file| file.starts_with("script/")));
    for file in files {
        for (number, line) in text(&file).lines().enumerate() {
            if let Some(word) = words.iter().find(|word| mentions(line, word)) {
                offences.push(format!("{file}:{}: {word}", number + 1));
            }
        }
    }
    none(&offences);
}

#[test]
fn a_relative_path_or_a_url_is_no_place_on_a_machine() {
    assert!(mentions("cd /ro\u{6f}t/x", &["/ro", "ot/"].concat()));
    assert!(!mentions("src/wo\u{72}k/x", &["/wo", "rk/"].concat()));
    assert!(!mentions("https://example.org/ho\u{6d}e/", &["/ho", "me/"].concat()));
}

// A path of a machine begins where a word begins.
fn mentions(line: &str, word: &str) -> bool {
    if !word.starts_with('/') {
        return line.contains(word);
    }
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|head| head.chars().next_back());
        before.is_none_or(|character| !(character.is_alphanumeric() || "._-~}".contains(character)))
    })
}
