//! Where settings come from: a configuration file, and environment variables that win over it.
//!
//! In: the file's text, the environment. Out: texts by key, such as `db-uri`.
//! Invariant: a value is text here whatever its form in the file; nobody reads the environment later.

use std::collections::BTreeMap;

use super::SettingsError;

/// Every setting that is understood, and what it was called before.
const KEYS: [(&str, Option<&str>); 39] = [
    ("admin-server-host", None),
    ("admin-server-port", None),
    ("client-error-verbosity", None),
    ("db-aggregates-enabled", None),
    ("db-anon-role", None),
    ("db-channel", None),
    ("db-channel-enabled", None),
    ("db-extra-search-path", None),
    ("db-hoisted-tx-settings", None),
    ("db-max-rows", Some("max-rows")),
    ("db-plan-enabled", None),
    ("db-pool", None),
    ("db-pool-acquisition-timeout", None),
    ("db-pool-automatic-recovery", None),
    ("db-pool-max-idletime", Some("db-pool-timeout")),
    ("db-pool-max-lifetime", None),
    ("db-pre-request", Some("pre-request")),
    ("db-prepared-statements", None),
    ("db-root-spec", Some("root-spec")),
    ("db-schemas", Some("db-schema")),
    ("db-timezone-enabled", None),
    ("db-tx-end", None),
    ("db-uri", None),
    ("jwt-aud", None),
    ("jwt-cache-max-entries", None),
    ("jwt-cache-max-lifetime", None),
    ("jwt-role-claim-key", Some("role-claim-key")),
    ("jwt-secret", None),
    ("jwt-secret-is-base64", Some("secret-is-base64")),
    ("log-level", None),
    ("log-query", None),
    ("openapi-mode", None),
    ("openapi-security-active", None),
    ("openapi-server-proxy-uri", None),
    ("server-cors-allowed-origins", None),
    ("server-host", None),
    ("server-port", None),
    ("server-timing-enabled", None),
    ("server-trace-header", None),
];

/// How an application's own settings begin.
const APP_SETTINGS: &str = "app.settings.";

/// Settings as text, by key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Source {
    values: BTreeMap<String, String>,
}

impl Source {
    /// The environment alone, or completed by a file.
    pub fn read(
        file: Option<&str>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, SettingsError> {
        let mut values = file.map(parse).transpose()?.unwrap_or_default();
        for (name, value) in environment {
            let Some(name) = name.strip_prefix("PGRST_") else { continue };
            match name.strip_prefix("APP_SETTINGS_") {
                Some(own) => values.insert(format!("{APP_SETTINGS}{own}"), value),
                None => values.insert(name.to_ascii_lowercase().replace('_', "-"), value),
            };
        }
        Ok(Self { values })
    }

    /// Keys that nobody here understands.
    pub(super) fn unknown(&self) -> Vec<String> {
        let unknown = |key: &&String| !key.starts_with(APP_SETTINGS) && !is_known(key);
        self.values.keys().filter(unknown).cloned().collect()
    }

    /// A setting's text; an empty one counts as absent.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.text_or_empty(key).filter(|text| !text.is_empty())
    }

    /// A setting's text, which may mean something even when it is empty.
    pub(super) fn text_or_empty(&self, key: &str) -> Option<&str> {
        let former = KEYS.iter().find(|(known, _)| *known == key).and_then(|(_, former)| *former);
        self.values.get(key).or_else(|| self.values.get(former?)).map(String::as_str)
    }

    /// An application's own settings.
    pub(super) fn app_settings(&self) -> Vec<(String, String)> {
        let own = self.values.iter().filter(|(key, _)| key.starts_with(APP_SETTINGS));
        own.map(|(key, value)| (key.clone(), value.clone())).collect()
    }
}

fn is_known(key: &str) -> bool {
    KEYS.iter().any(|(known, former)| *known == key || *former == Some(key))
}

/// Reads `key = value` lines: text in quotes, numbers and words as they stand, `#` before a remark.
fn parse(text: &str) -> Result<BTreeMap<String, String>, SettingsError> {
    let mut values = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let bad = || SettingsError::Line { line: number + 1 };
        let (key, value) = line.split_once('=').ok_or_else(bad)?;
        let (key, value) = (key.trim().trim_matches('"'), value.trim());
        let value = match value.strip_prefix('"') {
            Some(quoted) => unquoted(quoted).ok_or_else(bad)?,
            None => value.split('#').next().unwrap_or_default().trim().to_owned(),
        };
        values.insert(key.to_owned(), value);
    }
    Ok(values)
}

/// What stands before the closing quote.
fn unquoted(quoted: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = quoted.chars();
    loop {
        match rest.next()? {
            '"' => return Some(text),
            '\\' => match rest.next()? {
                'n' => text.push('\n'),
                't' => text.push('\t'),
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_environment_wins_over_the_file() {
        let file = "# ours\ndb-uri = \"postgres://a/b\" # where\ndb-pool = 3 # few\n\"server-port\" = 3001\n";
        let source = Source::read(Some(file), environment(&[("PGRST_DB_POOL", "7"), ("PATH", "/bin")])).unwrap();
        assert_eq!(source.text("db-uri"), Some("postgres://a/b"));
        assert_eq!(source.text("db-pool"), Some("7"));
        assert_eq!(source.text("server-port"), Some("3001"));
        assert_eq!(source.text("path"), None);
    }

    #[test]
    fn a_former_name_still_counts_and_the_present_one_wins() {
        let source = Source::read(None, environment(&[("PGRST_DB_SCHEMA", "old")])).unwrap();
        assert_eq!(source.text("db-schemas"), Some("old"));
        let both = environment(&[("PGRST_DB_SCHEMA", "old"), ("PGRST_DB_SCHEMAS", "new")]);
        assert_eq!(Source::read(None, both).unwrap().text("db-schemas"), Some("new"));
    }

    #[test]
    fn an_applications_own_settings_keep_their_case() {
        let file = "app.settings.host = \"a \\\"b\\\"\"";
        let source = Source::read(Some(file), environment(&[("PGRST_APP_SETTINGS_Key_1", "x")])).unwrap();
        let expected = [("app.settings.Key_1", "x"), ("app.settings.host", "a \"b\"")];
        assert_eq!(source.app_settings(), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }

    #[test]
    fn every_setting_is_documented() {
        let document = include_str!("../../../../../docs/rest.md");
        for (key, _) in KEYS {
            let variable = format!("`PGRST_{}`", key.to_ascii_uppercase().replace('-', "_"));
            assert!(document.contains(&variable), "docs/rest.md: say what {variable} does");
        }
    }

    #[test]
    fn a_line_that_is_none_is_named() {
        for file in ["\ndb-uri", "\ndb-uri = \"open"] {
            assert_eq!(
                Source::read(Some(file), []).unwrap_err().to_string(),
                "line 2 of the configuration file is not key = value"
            );
        }
    }
}
