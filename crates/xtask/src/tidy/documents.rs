//! Documents that tell the truth: read again when what they describe has changed, complete where they are a list.

use super::{none, sources, text};
use crate::{described, repository};

#[test]
fn a_document_was_read_since_what_it_describes_last_changed() {
    let mut offences = Vec::new();
    for (document, entry) in described::entries().expect("docs/described.toml") {
        assert!(
            repository::root().join(&document).is_file(),
            "docs/described.toml names {document}, which is not there"
        );
        let now = described::hash(&entry.files).expect("the files of docs/described.toml");
        if now != entry.read_at {
            let files = entry.files.join(", ");
            offences.push(format!("{document}: {files} changed; read it, correct it, then `cargo xtask described`"));
        }
    }
    none(&offences);
}

#[test]
fn every_link_between_documents_leads_to_a_file() {
    let mut offences = Vec::new();
    for file in sources(&[".md"]) {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        for link in links(&text(&file)) {
            let path = link.split('#').next().unwrap_or_default();
            if path.is_empty() || path.contains("://") || path.starts_with("mailto:") || path.starts_with('/') {
                continue;
            }
            if !repository::root().join(folder).join(path).exists() {
                offences.push(format!("{file}: {link} leads nowhere"));
            }
        }
    }
    none(&offences);
}

#[test]
fn every_option_of_the_environment_is_documented() {
    let documented = text("docs/operate.md");
    let options = text("crates/server/src/config/options.rs");
    let names = options.split("env = \"").skip(1).filter_map(|rest| rest.split('"').next());
    let missing: Vec<String> = names
        .filter(|name| !documented.contains(&format!("`{name}`")))
        .map(|name| format!("docs/operate.md: say what {name} does"))
        .collect();
    none(&missing);
}

#[test]
fn links_are_found_outside_code() {
    assert_eq!(links("see [a](b.md) and `[c](d.md)`\n```\n[e](f)\n```\n![g](h.png \"t\")"), ["b.md", "h.png"]);
}

fn links(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_fence = false;
    for line in markdown.lines() {
        if line.trim_start().starts_with("```") {
            in_fence = !in_fence;
        }
        if in_fence {
            continue;
        }
        // Every second piece between backticks is code.
        for prose in line.split('`').step_by(2) {
            for (at, _) in prose.match_indices("](") {
                let target = prose.get(at + 2..).and_then(|rest| rest.split([')', ' ']).next());
                found.extend(target.map(str::to_owned));
            }
        }
    }
    found
}
