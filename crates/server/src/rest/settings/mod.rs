//! What `rapport rest` is told, by the names that people who run PostgREST know.
//!
//! In: a [`Source`] of texts. Out: typed [`Settings`].
//! Invariant: a bad value stops the start and names its setting; a secret is never repeated.

mod error;
mod host;
mod schemas;
mod source;

use std::time::Duration;

use axum::http::HeaderName;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use query::Options;

use super::token::{KeyRing, RolePath};
use crate::data::{Description, Root};
pub use error::SettingsError;
pub use schemas::Name;
pub(super) use schemas::quoted;
pub use source::Source;

/// What the operator decided.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where the database is, as a URL or in keywords.
    pub database: String,
    /// Most connections for requests.
    pub pool_size: usize,
    /// How long a request waits for a connection.
    pub pool_wait: Duration,
    /// The exposed schemas; the first is the default.
    pub schemas: Vec<String>,
    /// Schemas whose names need no schema before them.
    pub extra_search_path: Vec<String>,
    /// The role of requests without a token.
    pub anon_role: Option<String>,
    /// A function that runs before every request.
    pub pre_request: Option<Name>,
    /// An application's own settings, handed to the database with every request.
    pub app_settings: Vec<(String, String)>,
    /// Settings of functions that hold for the whole transaction.
    pub hoisted: Vec<String>,
    /// May a caller name a time zone.
    pub timezone_preference: bool,
    /// What the planner allows.
    pub options: Options,
    /// How the root describes the API.
    pub root: Root,
    /// The channel on which the database asks for a reload.
    pub channel: Option<String>,
    /// How tokens are checked.
    pub tokens: Tokens,
    /// How the server is reached.
    pub http: Http,
    /// Which events are logged.
    pub log: &'static str,
    /// Keys that mean nothing here.
    pub unknown: Vec<String>,
}

/// How tokens are checked.
#[derive(Debug, Clone)]
pub struct Tokens {
    /// What signatures are checked with; without it no token is accepted.
    pub keys: Option<KeyRing>,
    /// Whom tokens must be meant for.
    pub audience: Option<String>,
    /// Where the role stands in a token.
    pub role_path: RolePath,
}

/// How the server is reached.
#[derive(Debug, Clone)]
pub struct Http {
    /// Addresses to listen on, the first that works.
    pub hosts: Vec<String>,
    /// The port.
    pub port: u16,
    /// Addresses and port that tell supervisors about the server.
    pub admin: Option<(Vec<String>, u16)>,
    /// The origins whose pages may ask; every one when there is no list.
    pub origins: Option<Vec<String>>,
    /// Do answers tell where the time went.
    pub timing: bool,
    /// A header that is copied from a request to its answer.
    pub trace_header: Option<HeaderName>,
    /// Are errors told with code and message only.
    pub terse_errors: bool,
}

const HOISTED: &str = "statement_timeout, plan_filter.statement_cost_limit, default_transaction_isolation";

impl Settings {
    /// Checks the texts and fills in what is missing.
    pub fn from_source(source: &Source) -> Result<Self, SettingsError> {
        let text = |key| source.text(key);
        let (roll_back, tx_preference) = tx_end(text("db-tx-end"))?;
        let port = number(source, "server-port", 3000)?;
        let hosts = || host::addresses(text("server-host").unwrap_or("!4"));
        let admin_port = optional_number(source, "admin-server-port")?;
        if admin_port == Some(port) {
            return Err(SettingsError::value("admin-server-port", port, "another port than server-port"));
        }
        Ok(Self {
            database: file_or_value("db-uri", text("db-uri").unwrap_or("postgresql://"))?,
            pool_size: number(source, "db-pool", 10)?,
            pool_wait: Duration::from_secs(number(source, "db-pool-acquisition-timeout", 10)?),
            schemas: schemas::exposed(text("db-schemas").unwrap_or("public"))?,
            extra_search_path: schemas::list(source.text_or_empty("db-extra-search-path").unwrap_or("public")),
            anon_role: text("db-anon-role").map(str::to_owned),
            pre_request: text("db-pre-request").map(Name::parse),
            app_settings: source.app_settings(),
            hoisted: schemas::list(text("db-hoisted-tx-settings").unwrap_or(HOISTED)),
            timezone_preference: switch(source, "db-timezone-enabled", true)?,
            options: Options {
                max_rows: optional_number(source, "db-max-rows")?,
                aggregates: switch(source, "db-aggregates-enabled", false)?,
                plans: switch(source, "db-plan-enabled", false)?,
                corrects_plans: false,
                tx_preference,
                roll_back,
                max_exact_count: None,
                max_cost: None,
            },
            root: Root {
                description: description(text("openapi-mode"))?,
                security: switch(source, "openapi-security-active", false)?,
                proxy_uri: proxy_uri(text("openapi-server-proxy-uri"))?,
                function: text("db-root-spec").map(|name| Name::parse(name).name),
            },
            channel: switch(source, "db-channel-enabled", true)?
                .then(|| text("db-channel").unwrap_or("pgrst").to_owned()),
            tokens: tokens(source)?,
            http: Http {
                hosts: hosts(),
                port,
                admin: admin_port.map(|port| (text("admin-server-host").map_or_else(hosts, host::addresses), port)),
                origins: text("server-cors-allowed-origins").map(schemas::list),
                timing: switch(source, "server-timing-enabled", false)?,
                trace_header: text("server-trace-header").map(trace_header).transpose()?,
                terse_errors: one_of(source, "client-error-verbosity", &[("verbose", false), ("minimal", true)])?,
            },
            log: one_of(
                source,
                "log-level",
                &[("error", "error"), ("crit", "off"), ("warn", "warn"), ("info", "info"), ("debug", "debug")],
            )?,
            unknown: source.unknown(),
        })
    }
}

fn tokens(source: &Source) -> Result<Tokens, SettingsError> {
    let keys = match source.text("jwt-secret") {
        None => None,
        Some(secret) => {
            let is_base64 = switch(source, "jwt-secret-is-base64", false)?;
            let secret = file_or_value("jwt-secret", secret)?;
            let secret = if is_base64 { base64(&secret)? } else { secret.into_bytes() };
            Some(KeyRing::new(&secret).map_err(|why| SettingsError::secret("jwt-secret", why))?)
        }
    };
    let path = source.text("jwt-role-claim-key").unwrap_or(".role");
    let expected = "a path such as .role or .\"https://x/roles\"[0]";
    let role_path = RolePath::parse(path).ok_or_else(|| SettingsError::value("jwt-role-claim-key", path, expected))?;
    Ok(Tokens { keys, audience: source.text("jwt-aud").map(str::to_owned), role_path })
}

/// Secrets encoded in base64 are written in either alphabet, with padding or without.
fn base64(text: &str) -> Result<Vec<u8>, SettingsError> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| if c == '.' { '=' } else { c }).collect();
    let engines = [&STANDARD, &STANDARD_NO_PAD, &URL_SAFE, &URL_SAFE_NO_PAD];
    let decoded = engines.into_iter().find_map(|engine| engine.decode(&text).ok());
    decoded.ok_or_else(|| SettingsError::secret("jwt-secret", "it is not base64, as jwt-secret-is-base64 says"))
}

/// A value, or what a file holds: `@/etc/secret`.
fn file_or_value(key: &'static str, value: &str) -> Result<String, SettingsError> {
    let Some(path) = value.strip_prefix('@') else { return Ok(value.to_owned()) };
    let read = std::fs::read_to_string(path);
    let text = read.map_err(|source| SettingsError::File { key, path: path.to_owned(), source })?;
    Ok(text.strip_suffix('\n').unwrap_or(&text).to_owned())
}

fn tx_end(value: Option<&str>) -> Result<(bool, bool), SettingsError> {
    match value {
        None | Some("commit") => Ok((false, false)),
        Some("commit-allow-override") => Ok((false, true)),
        Some("rollback") => Ok((true, false)),
        Some("rollback-allow-override") => Ok((true, true)),
        Some(other) => Err(SettingsError::value(
            "db-tx-end",
            other,
            "commit, commit-allow-override, rollback or rollback-allow-override",
        )),
    }
}

fn description(value: Option<&str>) -> Result<Description, SettingsError> {
    match value {
        None | Some("follow-privileges") => Ok(Description::Privileged),
        Some("ignore-privileges") => Ok(Description::Everything),
        Some("disabled") => Ok(Description::Disabled),
        Some(other) => {
            Err(SettingsError::value("openapi-mode", other, "follow-privileges, ignore-privileges or disabled"))
        }
    }
}

fn proxy_uri(value: Option<&str>) -> Result<Option<String>, SettingsError> {
    let Some(value) = value else { return Ok(None) };
    let host = value.strip_prefix("http://").or_else(|| value.strip_prefix("https://"));
    if host.is_none_or(|host| host.is_empty() || host.starts_with('/')) {
        return Err(SettingsError::value("openapi-server-proxy-uri", value, "such as https://example.com:8443/api"));
    }
    Ok(Some(value.to_owned()))
}

fn trace_header(value: &str) -> Result<HeaderName, SettingsError> {
    HeaderName::try_from(value).map_err(|_| SettingsError::value("server-trace-header", value, "the name of a header"))
}

fn optional_number<T: std::str::FromStr>(source: &Source, key: &'static str) -> Result<Option<T>, SettingsError> {
    let parsed = source.text(key).map(|text| text.parse().map_err(|_| SettingsError::value(key, text, "a number")));
    parsed.transpose()
}

fn number<T: std::str::FromStr>(source: &Source, key: &'static str, default: T) -> Result<T, SettingsError> {
    Ok(optional_number(source, key)?.unwrap_or(default))
}

fn switch(source: &Source, key: &'static str, default: bool) -> Result<bool, SettingsError> {
    match source.text(key).map(str::to_ascii_lowercase).as_deref() {
        None => Ok(default),
        Some("true" | "yes" | "on" | "1") => Ok(true),
        Some("false" | "no" | "off" | "0") => Ok(false),
        Some(other) => Err(SettingsError::value(key, other, "true or false")),
    }
}

/// One of some words, the first of which is the default.
fn one_of<T: Copy + Default>(source: &Source, key: &'static str, words: &[(&str, T)]) -> Result<T, SettingsError> {
    let Some(text) = source.text(key) else { return Ok(words.first().map(|(_, value)| *value).unwrap_or_default()) };
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, value)| *value);
    let list = || words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
    found.ok_or_else(|| SettingsError::value(key, text, list()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let pairs = pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::from_source(&Source::read(None, pairs)?)
    }

    #[test]
    fn nothing_said_means_what_the_dialects_servers_mean() {
        let settings = read(&[]).unwrap();
        assert_eq!((settings.schemas.as_slice(), settings.http.port), (["public".to_owned()].as_slice(), 3000));
        assert_eq!(settings.options.max_rows, None);
        assert!(!settings.options.aggregates && !settings.options.tx_preference && settings.anon_role.is_none());
        assert_eq!(settings.channel.as_deref(), Some("pgrst"));
        assert!(settings.tokens.keys.is_none());
    }

    #[test]
    fn a_bad_value_names_its_setting_by_both_spellings() {
        for (name, value, expected) in [
            ("PGRST_DB_POOL", "many", "db-pool (PGRST_DB_POOL) is \"many\"; it must be a number"),
            ("PGRST_DB_TX_END", "maybe", "db-tx-end (PGRST_DB_TX_END) is \"maybe\""),
            ("PGRST_OPENAPI_MODE", "x", "follow-privileges, ignore-privileges or disabled"),
            ("PGRST_DB_SCHEMAS", "a, pg_catalog", "db-schemas (PGRST_DB_SCHEMAS) is \"pg_catalog\""),
            ("PGRST_LOG_LEVEL", "loud", "error, crit, warn, info, debug"),
            ("PGRST_ADMIN_SERVER_PORT", "3000", "another port than server-port"),
            ("PGRST_JWT_ROLE_CLAIM_KEY", "role", "a path such as .role"),
        ] {
            let told = read(&[(name, value)]).unwrap_err().to_string();
            assert!(told.contains(expected), "{told}");
        }
    }

    #[test]
    fn a_secret_is_never_repeated() {
        let told = read(&[("PGRST_JWT_SECRET", "tooshort")]).unwrap_err().to_string();
        assert!(told.contains("PGRST_JWT_SECRET") && !told.contains("tooshort"), "{told}");
    }

    #[test]
    fn an_emptied_search_path_is_empty() {
        assert!(read(&[("PGRST_DB_EXTRA_SEARCH_PATH", "")]).unwrap().extra_search_path.is_empty());
        assert_eq!(read(&[]).unwrap().extra_search_path, ["public"]);
    }
}
