//! Why a configuration is refused, in one line.
//!
//! In: an option and its value. Out: a line that names the option in each of its spellings.
//! Invariant: never repeats a secret; the caller leaves such a value out.

use std::fmt::Display;
use std::path::PathBuf;

/// Why the configuration is refused.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A value that cannot be used.
    #[error(
        "{option} (--{}, RAPPORT_{}, rapport.toml) {}; expected {expected}",
        .option.replace('_', "-"),
        .option.to_uppercase(),
        if .value.is_empty() { "has an unusable value".to_owned() } else { format!("is {:?}", .value) }
    )]
    Value {
        /// The option.
        option: &'static str,
        /// Its value; empty when it is secret.
        value: String,
        /// What it should be.
        expected: String,
    },
    /// The file cannot be read.
    #[error("cannot read the configuration file {}: {source}; correct --config or RAPPORT_CONFIG", .path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file cannot be understood.
    #[error("{} line {line}: {message}", .path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

impl ConfigError {
    pub(super) fn new(option: &'static str, value: impl Display, expected: impl Into<String>) -> Self {
        Self::Value { option, value: value.to_string(), expected: expected.into() }
    }
}
