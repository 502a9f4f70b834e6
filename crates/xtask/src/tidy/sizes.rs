//! A file fits into a head: 500 lines at most, and a component's script and template 200 each.

use super::{none, sources, text};

const MOST_LINES: usize = 500;
const MOST_LINES_OF_A_BLOCK: usize = 200;

#[test]
fn no_file_is_longer_than_500_lines() {
    let offences: Vec<String> = sources(&[".rs", ".ts", ".vue", ".sql", ".mjs", ".css"])
        .into_iter()
        .filter(|file| !is_test(file))
        .filter_map(|file| {
            let lines = text(&file).lines().count();
            (lines > MOST_LINES).then(|| format!("{file}: {lines} lines; cut it along a natural seam"))
        })
        .collect();
    none(&offences);
}

#[test]
fn a_component_has_a_script_and_a_template_of_200_lines_at_most() {
    let mut offences = Vec::new();
    for file in sources(&[".vue"]) {
        for (block, lines) in blocks(&text(&file)) {
            if lines > MOST_LINES_OF_A_BLOCK {
                offences.push(format!("{file}: <{block}> has {lines} lines; take a component or a composable out"));
            }
        }
    }
    none(&offences);
}

#[test]
fn a_block_is_measured_from_its_opening_to_its_closing_tag() {
    let component = "<script setup>\na\nb\n</script>\n<template>\n  <template #x>\n  </template>\n</template>\n";
    assert_eq!(blocks(component), [("script", 2), ("template", 2)]);
}

// Only the blocks at the left margin are the component's own.
fn blocks(component: &str) -> Vec<(&'static str, usize)> {
    let lines: Vec<&str> = component.lines().collect();
    ["script", "template"]
        .into_iter()
        .filter_map(|block| {
            let from = lines.iter().position(|line| line.starts_with(&format!("<{block}")))?;
            let to = lines.iter().rposition(|line| line.starts_with(&format!("</{block}>")))?;
            Some((block, to.saturating_sub(from + 1)))
        })
        .collect()
}

fn is_test(file: &str) -> bool {
    file.contains("/tests/") || file.contains(".test.") || file.contains(".spec.") || file.ends_with("tests.rs")
}
