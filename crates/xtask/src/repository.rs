//! The repository as a list of files.
//!
//! In: git's index and the work tree.
//! Out: paths relative to the root, with `/`, sorted.

use std::path::{Path, PathBuf};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    let mut root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.pop();
    root.pop();
    root
}

/// Every file that is in the repository or about to be: tracked, or new and not ignored.
#[cfg(test)]
pub(crate) fn files() -> Result<Vec<String>, String> {
    let output = std::process::Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .map_err(|error| format!("git could not be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("git ls-files: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let mut files: Vec<String> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    files.retain(|file| root().join(file).is_file());
    files.sort();
    Ok(files)
}

/// The text of a file, or of nothing when it is not text.
pub(crate) fn read(file: impl AsRef<Path>) -> Result<String, String> {
    let path = root().join(file.as_ref());
    let bytes = std::fs::read(&path).map_err(|error| format!("{}: {error}", file.as_ref().display()))?;
    Ok(String::from_utf8(bytes).unwrap_or_default())
}
