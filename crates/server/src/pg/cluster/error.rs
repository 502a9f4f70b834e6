//! Why the private database does not start: one line that says what to do.
//!
//! In: what failed. Out: [`ClusterError`]. Invariant: each message names the path, program or user concerned.

use std::path::{Path, PathBuf};

/// Why the private database does not start.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// No server binaries.
    #[error(
        "no PostgreSQL server found (searched {searched}); install it (Debian: apt-get install postgresql), \
         name its directory with --pg-bin-dir, or use an existing server with --database-url"
    )]
    NoBinaries {
        /// Where they were looked for.
        searched: String,
    },
    /// Only binaries that are too old.
    #[error("PostgreSQL {major} in {} is too old; Rapport needs 15 or newer", .bin.display())]
    BinariesTooOld {
        /// Where they are.
        bin: PathBuf,
        /// Their major version.
        major: u32,
    },
    /// The data are those of another major version.
    #[error(
        "{} was made by PostgreSQL {found}, but only {installed} is installed; install postgresql-{found}, \
         or dump it there and restore it into an empty --data-dir",
        .dir.display()
    )]
    OtherVersion {
        /// The cluster's directory.
        dir: PathBuf,
        /// Its major version.
        found: u32,
        /// What is installed.
        installed: String,
    },
    /// The directory has something else in it.
    #[error("{} exists but holds no PostgreSQL cluster; empty it or choose another --data-dir", .dir.display())]
    NotACluster {
        /// The directory.
        dir: PathBuf,
    },
    /// The database's user cannot get there.
    #[error(
        "the database runs as user {user}, who may not enter {}; choose another --data-dir, such as /var/lib/rapport",
        .dir.display()
    )]
    Unreachable {
        /// Who it is.
        user: String,
        /// The first directory that is closed.
        dir: PathBuf,
    },
    /// Started as root, and nobody to step down to.
    #[error(
        "PostgreSQL refuses to run as root, and there is no user postgres or nobody; create one, or start as another user"
    )]
    NobodyToRunAs,
    /// Another Rapport has it.
    #[error("another rapport{holder} uses the data directory {}; stop it or choose another --data-dir", .dir.display())]
    InUse {
        /// The data directory.
        dir: PathBuf,
        /// ` (process 123)`, if known.
        holder: String,
    },
    /// A file or directory cannot be made or read.
    #[error("{}: {}", .path.display(), explain(.source))]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A program of PostgreSQL gave up.
    #[error("{program} failed: {reason}")]
    Program {
        /// `initdb` or `postgres`.
        program: &'static str,
        /// Its last words.
        reason: String,
    },
    /// It runs but does not answer.
    #[error("the database does not answer after {seconds} s; see {}", .log.display())]
    Silent {
        /// How long was waited.
        seconds: u64,
        /// Its log.
        log: PathBuf,
    },
    /// The database itself could not be made.
    #[error("cannot create the database: {0}")]
    CreateDatabase(String),
}

impl ClusterError {
    /// Is it in the way of a start only because something of a crashed server still runs.
    pub(super) fn is_leftover(&self) -> bool {
        let telling = |reason: &str| reason.contains("lock file") || reason.contains("shared memory block");
        matches!(self, Self::Program { program: "postgres", reason } if telling(reason))
    }

    pub(super) fn io(path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Io { path, source }
    }
}

fn explain(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull => "the disk is full; make room or choose another --data-dir".to_owned(),
        ErrorKind::PermissionDenied => "permission denied; choose another --data-dir or correct its owner".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system is read-only; choose another --data-dir".to_owned(),
        ErrorKind::NotADirectory => "is not a directory; choose another --data-dir".to_owned(),
        _ => error.to_string(),
    }
}

/// The line of a PostgreSQL program's output that says why it gave up, with advice where there is some.
pub(super) fn last_words(output: &str, dir: &Path) -> String {
    let lines = || output.lines().map(str::trim).filter(|line| !line.is_empty());
    let word_of = |line: &str| ["FATAL:", "PANIC:", "ERROR:", "error:"].into_iter().find(|word| line.contains(word));
    // Our own attempts to connect are refused during start and shutdown; that explains nothing.
    let telling = |line: &&str| word_of(line).is_some() && !line.contains("the database system is ");
    let line = lines().find(telling).unwrap_or("it gave no reason");
    let words = word_of(line).and_then(|word| line.split_once(word)).map_or(line, |(_, rest)| rest).trim();
    let full = ["No space left on device", "Check free disk space"].iter().any(|sign| output.contains(sign));
    // On a full disk the reason itself may be what could not be written.
    if full || free_bytes(dir).is_some_and(|bytes| bytes < LEAST_FREE) {
        return format!("{words}; the disk is full, make room or choose another --data-dir");
    }
    words.to_owned()
}

/// Less than this is a full disk: one segment of the log does not fit.
const LEAST_FREE: u64 = 16 * 1024 * 1024;

fn free_bytes(dir: &Path) -> Option<u64> {
    let found = rustix::fs::statvfs(dir).ok()?;
    Some(found.f_bavail * found.f_frsize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_words_are_the_reason_and_not_the_noise() {
        let log =
            "2026-01-01 LOG:  starting\n2026-01-01 FATAL:  could not create lock file\n2026-01-01 LOG:  shut down\n";
        assert_eq!(last_words(log, Path::new("/")), "could not create lock file");
        let full = "initdb: error: could not write file: No space left on device\ninitdb: removing contents\n";
        assert!(last_words(full, Path::new("/")).ends_with("make room or choose another --data-dir"));
        assert!(last_words("", Path::new("/")).starts_with("it gave no reason"));
    }
}
