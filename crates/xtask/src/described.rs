//! Documents and the files they describe: who changes such a file reads its document again.
//!
//! In: docs/described.toml, a table of document -> files or folders.
//! Out: one hash per document over those files, recorded beside them.
//! Invariant: the recorded hash is only written by `cargo xtask described`, after a person has looked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::repository::{read, root};

const TABLE: &str = "docs/described.toml";
const HEADER: &str = "\
# Which files a document describes, and the state of those files when somebody last read both side by side.
# A test fails when the files have changed since: read the document, correct it, then `cargo xtask described`.
";

/// One document, what it describes, and the hash it was last read at.
pub(crate) struct Entry {
    pub(crate) files: Vec<String>,
    pub(crate) read_at: String,
}

/// The table as it is recorded.
pub(crate) fn entries() -> Result<BTreeMap<String, Entry>, String> {
    let table: toml::Table = read(TABLE)?.parse().map_err(|error| format!("{TABLE}: {error}"))?;
    table
        .into_iter()
        .map(|(document, value)| {
            let files = value.get("files").and_then(toml::Value::as_array);
            let files = files.ok_or_else(|| format!("{TABLE}: {document} lists no files"))?;
            let files = files.iter().filter_map(|file| file.as_str().map(str::to_owned)).collect();
            let read_at = value.get("read_at").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
            Ok((document, Entry { files, read_at }))
        })
        .collect()
}

/// Writes the present hashes into the table.
pub(crate) fn record() -> Result<(), String> {
    let mut text = HEADER.to_owned();
    for (document, entry) in entries()? {
        let read_at = hash(&entry.files)?;
        if read_at != entry.read_at {
            let _ = writeln!(std::io::stdout(), "{document}: recorded as read");
        }
        let files = entry.files.iter().map(|file| format!("{file:?}")).collect::<Vec<_>>().join(", ");
        let _ = write!(text, "\n[{document:?}]\nfiles = [{files}]\nread_at = {read_at:?}\n");
    }
    std::fs::write(root().join(TABLE), text).map_err(|error| format!("{TABLE}: {error}"))
}

/// A short hash over the names and contents of files and of all files below folders.
pub(crate) fn hash(files: &[String]) -> Result<String, String> {
    let mut all = Vec::new();
    for file in files {
        collect(Path::new(file), &mut all)?;
    }
    all.sort();
    let mut hasher = Sha256::new();
    for file in all {
        hasher.update(file.as_bytes());
        hasher.update([0]);
        hasher.update(read(&file)?.as_bytes());
        hasher.update([0]);
    }
    Ok(hasher.finalize().iter().take(8).fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    }))
}

fn collect(path: &Path, into: &mut Vec<String>) -> Result<(), String> {
    let full = root().join(path);
    if full.is_file() {
        into.push(path.to_string_lossy().into_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(&full).map_err(|error| format!("{TABLE} names {}: {error}", path.display()))?;
    for entry in entries {
        let entry = entry.map_err(|error| format!("{}: {error}", path.display()))?;
        collect(&path.join(entry.file_name()), into)?;
    }
    Ok(())
}
