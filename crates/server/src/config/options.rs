//! The options as they are written: every one is a flag, an environment variable and a key of `rapport.toml`.
//!
//! In: clap's parse of flags and environment. Out: the same, completed from the file.
//! Invariant: one struct is all three spellings, so they cannot drift apart.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::ConfigError;

/// What can be set; a missing one takes its default.
#[derive(Debug, Clone, Default, clap::Args, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Options {
    /// The configuration file [default: rapport.toml, then /etc/rapport/rapport.toml, if they exist].
    #[arg(long, global = true, env = "RAPPORT_CONFIG", value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:8080].
    #[arg(long, global = true, env = "RAPPORT_LISTEN", value_name = "ADDR")]
    pub listen: Option<String>,
    /// The address people type, for links [default: http://LISTEN].
    #[arg(long, global = true, env = "RAPPORT_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// Directory of the server's own files [default: /var/lib/rapport for root, else ~/.local/share/rapport].
    #[arg(long, global = true, env = "RAPPORT_DATA_DIR", value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// An existing PostgreSQL to use instead of a private one.
    #[arg(long, global = true, env = "RAPPORT_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// Directory with `postgres` and `initdb` [default: searched for].
    #[arg(long, global = true, env = "RAPPORT_PG_BIN_DIR", value_name = "DIR")]
    pub pg_bin_dir: Option<PathBuf>,
    /// Most database connections for requests [default: 16].
    #[arg(long, global = true, env = "RAPPORT_POOL_SIZE", value_name = "N")]
    pub pool_size: Option<u32>,
    /// How long a request waits for a connection [default: 5000].
    #[arg(long, global = true, env = "RAPPORT_POOL_WAIT_MS", value_name = "MS")]
    pub pool_wait_ms: Option<u32>,
    /// How long one statement of a request may run [default: 5000].
    #[arg(long, global = true, env = "RAPPORT_STATEMENT_TIMEOUT_MS", value_name = "MS")]
    pub statement_timeout_ms: Option<u32>,
    /// What a read without an index may cost, in PostgreSQL's units, for members and viewers [default: 50000].
    #[arg(long, global = true, env = "RAPPORT_MAX_COST", value_name = "COST")]
    pub max_cost: Option<u32>,
    /// A proxy in front tells the client's address in X-Forwarded-For.
    #[arg(long, global = true, env = "RAPPORT_TRUST_FORWARDED_FOR")]
    pub trust_forwarded_for: bool,
    /// Most rows in one list of an answer [default: 1000].
    #[arg(long, global = true, env = "RAPPORT_MAX_ROWS", value_name = "N")]
    pub max_rows: Option<u32>,
    /// How far `count=exact` counts; beyond, the answer has an estimate and says so [default: 100000].
    #[arg(long, global = true, env = "RAPPORT_MAX_EXACT_COUNT", value_name = "N")]
    pub max_exact_count: Option<u32>,
    /// Largest body of a data request, in MB [default: 10].
    #[arg(long, global = true, env = "RAPPORT_MAX_BODY_MB", value_name = "MB")]
    pub max_body_mb: Option<u32>,
    /// Who may sign up after the first user, invited or open [default: invited].
    #[arg(long, global = true, env = "RAPPORT_SIGN_UP", value_name = "WHO")]
    pub sign_up: Option<String>,
    /// Attempts to sign in from one address in five minutes [default: 150].
    #[arg(long, global = true, env = "RAPPORT_SIGN_IN_ATTEMPTS", value_name = "N")]
    pub sign_in_attempts: Option<u32>,
    /// Start with a small demo workspace.
    #[arg(long, global = true, env = "RAPPORT_DEMO")]
    pub demo: bool,
    /// The password of the demo users [default: rapport-demo, on loopback only].
    #[arg(long, global = true, env = "RAPPORT_DEMO_PASSWORD", value_name = "PASSWORD", hide_env_values = true)]
    pub demo_password: Option<String>,
    /// What to log: a level, or target=level pairs [default: info].
    #[arg(long, global = true, env = "RAPPORT_LOG", value_name = "FILTER")]
    pub log: Option<String>,
    /// Form of the log, human or json [default: human on a terminal, else json].
    #[arg(long, global = true, env = "RAPPORT_LOG_FORMAT", value_name = "FORMAT")]
    pub log_format: Option<String>,
}

/// Where a configuration file is looked for when none is named.
const USUAL_FILES: [&str; 2] = ["rapport.toml", "/etc/rapport/rapport.toml"];

impl Options {
    /// Completes flags and environment with the configuration file, if there is one.
    pub fn with_file(self) -> Result<Self, ConfigError> {
        let usual = || USUAL_FILES.iter().map(PathBuf::from).find(|path| path.exists());
        let Some(path) = self.config.clone().or_else(usual) else {
            return Ok(self);
        };
        let text =
            std::fs::read_to_string(&path).map_err(|source| ConfigError::Unreadable { path: path.clone(), source })?;
        Ok(self.or(Self::parse(&path, &text)?))
    }

    fn parse(path: &Path, text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = text.bytes().take(start).filter(|byte| *byte == b'\n').count() + 1;
            ConfigError::Syntax { path: path.to_owned(), line, message: error.message().replace('\n', " ") }
        })
    }

    fn or(self, file: Self) -> Self {
        Self {
            config: self.config,
            listen: self.listen.or(file.listen),
            public_url: self.public_url.or(file.public_url),
            data_dir: self.data_dir.or(file.data_dir),
            database_url: self.database_url.or(file.database_url),
            pg_bin_dir: self.pg_bin_dir.or(file.pg_bin_dir),
            pool_size: self.pool_size.or(file.pool_size),
            pool_wait_ms: self.pool_wait_ms.or(file.pool_wait_ms),
            statement_timeout_ms: self.statement_timeout_ms.or(file.statement_timeout_ms),
            max_cost: self.max_cost.or(file.max_cost),
            trust_forwarded_for: self.trust_forwarded_for || file.trust_forwarded_for,
            max_rows: self.max_rows.or(file.max_rows),
            max_exact_count: self.max_exact_count.or(file.max_exact_count),
            max_body_mb: self.max_body_mb.or(file.max_body_mb),
            sign_up: self.sign_up.or(file.sign_up),
            sign_in_attempts: self.sign_in_attempts.or(file.sign_in_attempts),
            demo: self.demo || file.demo,
            demo_password: self.demo_password.or(file.demo_password),
            log: self.log.or(file.log),
            log_format: self.log_format.or(file.log_format),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_fills_what_flags_leave_open() {
        let file = Options::parse(Path::new("rapport.toml"), "listen = \"0.0.0.0:1\"\npool_size = 3\n").unwrap();
        let flags = Options { listen: Some("127.0.0.1:2".into()), ..Options::default() };
        let merged = flags.or(file);
        assert_eq!(merged.listen.as_deref(), Some("127.0.0.1:2"));
        assert_eq!(merged.pool_size, Some(3));
    }

    #[test]
    fn an_unknown_key_is_named_with_its_line() {
        let error = Options::parse(Path::new("rapport.toml"), "demo = true\nlisten_on = 1\n").unwrap_err().to_string();
        assert!(error.starts_with("rapport.toml line 2:") && error.contains("listen_on"), "{error}");
    }
}
