//! What the operator decided, read once and checked before anything starts.
//!
//! In: flags, `RAPPORT_<OPTION>`, `rapport.toml` (in that order of precedence), see [`Options`].
//! Out: a [`Config`] of typed sections.
//! Invariant: a bad value stops the start and names the option; nobody reads the environment later.

mod error;
mod options;

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::path::PathBuf;
use std::time::Duration;

pub use error::ConfigError;
pub use options::Options;

/// The password of the demo users unless the operator chose another.
pub const DEFAULT_DEMO_PASSWORD: &str = "rapport-demo";

/// Everything the operator decided.
#[derive(Debug, Clone)]
pub struct Config {
    /// How the server is reached.
    pub http: HttpConfig,
    /// Where the data lives and how it is asked.
    pub database: DatabaseConfig,
    /// Who may sign in and how often they may try.
    pub auth: AuthConfig,
    /// The demo workspace.
    pub demo: DemoConfig,
    /// What is logged.
    pub log: LogConfig,
}

/// How the server is reached.
#[derive(Debug, Clone)]
pub struct HttpConfig {
    /// The address it listens on.
    pub listen: SocketAddr,
    /// The address people type, without a trailing slash; links in mails and invitations start with it.
    pub public_url: String,
    /// Is there a proxy in front whose `X-Forwarded-For` tells the client's address?
    pub trust_forwarded_for: bool,
    /// Most rows in one list of an answer.
    pub max_rows: u32,
    /// How far an exact count counts.
    pub max_exact_count: u32,
    /// Most bytes in the body of a data request.
    pub max_body_bytes: usize,
}

/// Who may sign in and how often they may try.
#[derive(Debug, Clone)]
pub struct AuthConfig {
    /// Who may sign up once somebody has.
    pub sign_up: SignUp,
    /// Attempts to sign in from one address in five minutes.
    pub attempts_per_5_min: u32,
}

/// Who may sign up once the installation has its first user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUp {
    /// Only who was invited.
    Invited,
    /// Anybody; each gets a workspace of their own.
    Open,
}

/// Where the data lives and how it is asked.
#[derive(Debug, Clone)]
pub struct DatabaseConfig {
    /// An existing PostgreSQL; without it the server runs a private one in `data_dir`.
    pub url: Option<String>,
    /// The server's own files: the private cluster, uploaded files.
    pub data_dir: PathBuf,
    /// Where `postgres` and `initdb` are; without it they are searched for.
    pub pg_bin_dir: Option<PathBuf>,
    /// Most connections for requests.
    pub pool_size: usize,
    /// How long a request waits for a connection.
    pub pool_wait: Duration,
    /// How long one statement of a request may run.
    pub statement_timeout: Duration,
    /// What a read without an index may cost, in PostgreSQL's units, for those who do not administer the workspace.
    pub max_cost: u32,
}

/// The demo workspace.
#[derive(Debug, Clone)]
pub struct DemoConfig {
    /// Make it at start.
    pub enabled: bool,
    /// The password of its users.
    pub password: String,
}

/// What is logged.
#[derive(Debug, Clone)]
pub struct LogConfig {
    /// Which events: a level, or `target=level` pairs.
    pub filter: String,
    /// Their form; `None` means human on a terminal and JSON otherwise.
    pub format: Option<LogFormat>,
}

/// The form of a log line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Human,
    /// For machines.
    Json,
}

impl Config {
    /// Checks the merged options and fills in what is missing.
    pub fn from_options(options: Options) -> Result<Self, ConfigError> {
        let listen = listen(options.listen.as_deref().unwrap_or("127.0.0.1:8080"))?;
        let public_url = match options.public_url {
            Some(url) => public_url(&url)?,
            None => format!("http://{listen}"),
        };
        let demo = DemoConfig {
            enabled: options.demo,
            password: options.demo_password.unwrap_or_else(|| DEFAULT_DEMO_PASSWORD.to_owned()),
        };
        if demo.enabled && demo.password == DEFAULT_DEMO_PASSWORD && !listen.ip().is_loopback() {
            return Err(ConfigError::new(
                "demo_password",
                DEFAULT_DEMO_PASSWORD,
                format!("another password, because everybody who reaches {listen} knows this one"),
            ));
        }
        if demo.password.chars().count() < 8 {
            return Err(ConfigError::new("demo_password", "", "at least 8 characters"));
        }
        Ok(Self {
            http: HttpConfig {
                listen,
                public_url,
                trust_forwarded_for: options.trust_forwarded_for,
                max_rows: between("max_rows", options.max_rows.unwrap_or(1000), 1, 1_000_000)?,
                max_exact_count: between("max_exact_count", options.max_exact_count.unwrap_or(100_000), 1, u32::MAX)?,
                max_body_bytes: between("max_body_mb", options.max_body_mb.unwrap_or(10), 1, 1000)? as usize
                    * 1_000_000,
            },
            auth: AuthConfig {
                sign_up: options.sign_up.as_deref().map_or(Ok(SignUp::Invited), sign_up)?,
                attempts_per_5_min: between("sign_in_attempts", options.sign_in_attempts.unwrap_or(150), 1, 1_000_000)?,
            },
            database: DatabaseConfig {
                url: options.database_url.map(|url| database_url(&url)).transpose()?,
                data_dir: options.data_dir.unwrap_or_else(default_data_dir),
                pg_bin_dir: options.pg_bin_dir,
                pool_size: between("pool_size", options.pool_size.unwrap_or(16), 1, 1000)? as usize,
                pool_wait: millis("pool_wait_ms", options.pool_wait_ms.unwrap_or(5_000))?,
                statement_timeout: millis("statement_timeout_ms", options.statement_timeout_ms.unwrap_or(5_000))?,
                max_cost: between("max_cost", options.max_cost.unwrap_or(50_000), 1, u32::MAX)?,
            },
            demo,
            log: LogConfig {
                filter: options.log.unwrap_or_else(|| "info".to_owned()),
                format: options.log_format.as_deref().map(log_format).transpose()?,
            },
        })
    }
}

fn listen(value: &str) -> Result<SocketAddr, ConfigError> {
    let bad = || ConfigError::new("listen", value, "an address and a port, such as 127.0.0.1:8080 or 0.0.0.0:80");
    value.to_socket_addrs().map_err(|_| bad())?.next().ok_or_else(bad)
}

fn public_url(value: &str) -> Result<String, ConfigError> {
    let host = value.strip_prefix("http://").or_else(|| value.strip_prefix("https://"));
    if host.is_none_or(|host| host.is_empty() || host.starts_with('/') || host.contains(char::is_whitespace)) {
        return Err(ConfigError::new("public_url", value, "an http:// or https:// address"));
    }
    Ok(value.trim_end_matches('/').to_owned())
}

/// Only the form is looked at here; the value may hold a password, so it is never repeated.
fn database_url(value: &str) -> Result<String, ConfigError> {
    if value.starts_with("postgres://") || value.starts_with("postgresql://") {
        return Ok(value.to_owned());
    }
    Err(ConfigError::new("database_url", "", "postgres://user:password@host:5432/database"))
}

fn between(option: &'static str, value: u32, least: u32, most: u32) -> Result<u32, ConfigError> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(ConfigError::new(option, value, format!("a number from {least} to {most}")))
}

fn millis(option: &'static str, value: u32) -> Result<Duration, ConfigError> {
    between(option, value, 1, 3_600_000).map(|ms| Duration::from_millis(u64::from(ms)))
}

fn sign_up(value: &str) -> Result<SignUp, ConfigError> {
    match value {
        "invited" => Ok(SignUp::Invited),
        "open" => Ok(SignUp::Open),
        _ => Err(ConfigError::new("sign_up", value, "invited or open")),
    }
}

fn log_format(value: &str) -> Result<LogFormat, ConfigError> {
    match value {
        "human" => Ok(LogFormat::Human),
        "json" => Ok(LogFormat::Json),
        _ => Err(ConfigError::new("log_format", value, "human or json")),
    }
}

/// A place that the cluster's unprivileged user reaches: not the home of root.
fn default_data_dir() -> PathBuf {
    if rustix::process::geteuid().is_root() {
        return PathBuf::from("/var/lib/rapport");
    }
    let under_home = || Some(PathBuf::from(std::env::var_os("HOME")?).join(".local/share"));
    std::env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(under_home)
        .map_or_else(|| PathBuf::from("data"), |base| base.join("rapport"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(options: Options) -> String {
        Config::from_options(options).unwrap_err().to_string()
    }

    #[test]
    fn a_bad_value_names_its_option() {
        let options = Options { listen: Some("nowhere".into()), ..Options::default() };
        assert!(refused(options).starts_with("listen (--listen, RAPPORT_LISTEN, rapport.toml) is \"nowhere\""));
        let options = Options { pool_size: Some(0), ..Options::default() };
        assert!(refused(options).contains("RAPPORT_POOL_SIZE"));
        let options = Options { log_format: Some("xml".into()), ..Options::default() };
        assert!(refused(options).contains("human or json"));
    }

    #[test]
    fn a_bad_database_url_does_not_leak_its_password() {
        let options = Options { database_url: Some("mysql://u:secret@h/d".into()), ..Options::default() };
        let message = refused(options);
        assert!(message.contains("RAPPORT_DATABASE_URL") && !message.contains("secret"), "{message}");
    }

    #[test]
    fn the_known_demo_password_stays_on_loopback() {
        let open = Options { demo: true, listen: Some("0.0.0.0:80".into()), ..Options::default() };
        assert!(refused(open.clone()).contains("RAPPORT_DEMO_PASSWORD"));
        let chosen = Options { demo_password: Some("something else".into()), ..open };
        assert!(Config::from_options(chosen).is_ok());
        assert!(Config::from_options(Options { demo: true, ..Options::default() }).is_ok());
    }

    #[test]
    fn the_public_address_has_no_trailing_slash() {
        let options = Options { public_url: Some("https://crm.example.org/".into()), ..Options::default() };
        assert_eq!(Config::from_options(options).unwrap().http.public_url, "https://crm.example.org");
    }
}
