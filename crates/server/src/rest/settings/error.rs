//! Why settings cannot be used, in one line that says what to do.

/// Why settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A value has the wrong form.
    #[error("{key} ({}) is {value:?}; it must be {expected}", variable(.key))]
    Value {
        /// The setting.
        key: &'static str,
        /// Its value.
        value: String,
        /// What would do.
        expected: String,
    },
    /// A secret cannot be used; its text stays out of the message.
    #[error("{key} ({}) cannot be used: {why}", variable(.key))]
    Secret {
        /// The setting.
        key: &'static str,
        /// What is wrong with it.
        why: &'static str,
    },
    /// A file that holds a value cannot be read.
    #[error("{key} ({}) is to be read from {path}: {source}", variable(.key))]
    File {
        /// The setting.
        key: &'static str,
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The configuration file cannot be read.
    #[error("cannot read the configuration file {path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// A line of the configuration file is none.
    #[error("line {line} of the configuration file is not key = value")]
    Line {
        /// Its number.
        line: usize,
    },
}

impl SettingsError {
    pub(super) fn value(key: &'static str, value: impl ToString, expected: impl Into<String>) -> Self {
        Self::Value { key, value: value.to_string(), expected: expected.into() }
    }

    pub(super) fn secret(key: &'static str, why: &'static str) -> Self {
        Self::Secret { key, why }
    }
}

/// The environment variable of a setting.
fn variable(key: &str) -> String {
    format!("PGRST_{}", key.to_ascii_uppercase().replace('-', "_"))
}
