//! Where the database is and who logs in.
//!
//! In: a URL, or the socket of the private cluster. Out: [`Target`], for the pool, the driver and the change stream.
//! Invariant: the password never shows in `Debug` or in an error.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use tokio_postgres::config::{Host as DriverHost, SslMode};

use super::PgError;

/// Where the database is and who logs in.
#[derive(Clone)]
pub struct Target {
    /// The socket's directory, or a host.
    pub host: Host,
    /// The port; part of the file name for a socket.
    pub port: u16,
    /// Who logs in.
    pub user: String,
    /// Their password.
    pub password: Option<Vec<u8>>,
    /// The database.
    pub database: String,
}

/// How the server is reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Host {
    /// The directory of a Unix socket.
    Unix(PathBuf),
    /// A host name or address.
    Tcp(String),
}

impl Target {
    /// The private cluster behind this socket directory.
    pub fn private(socket_dir: &Path, user: &str, database: &str) -> Self {
        Self {
            host: Host::Unix(socket_dir.to_owned()),
            port: 5432,
            user: user.to_owned(),
            password: None,
            database: database.to_owned(),
        }
    }

    /// What a `postgres://` URL says.
    pub fn parse(url: &str) -> Result<Self, PgError> {
        let bad = |why: &str| PgError::BadUrl(why.to_owned());
        let config = tokio_postgres::Config::from_str(url).map_err(|error| {
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            PgError::BadUrl(cause.unwrap_or_else(|| error.to_string()))
        })?;
        if config.get_ssl_mode() == SslMode::Require {
            return Err(bad("sslmode=require is not supported yet; use a private network or a Unix socket"));
        }
        let host = match config.get_hosts() {
            [] => Host::Tcp("localhost".to_owned()),
            [DriverHost::Tcp(name)] => Host::Tcp(name.clone()),
            [DriverHost::Unix(path)] => Host::Unix(path.clone()),
            _ => return Err(bad("it names several hosts; one is needed")),
        };
        let user = config.get_user().ok_or_else(|| bad("it names no user"))?.to_owned();
        Ok(Self {
            host,
            port: config.get_ports().first().copied().unwrap_or(5432),
            password: config.get_password().map(<[u8]>::to_vec),
            database: config.get_dbname().unwrap_or(&user).to_owned(),
            user,
        })
    }

    /// The same server, another database.
    pub fn with_database(&self, database: &str) -> Self {
        Self { database: database.to_owned(), ..self.clone() }
    }

    /// The settings of the driver for the server's own statements.
    pub fn driver_config(&self) -> tokio_postgres::Config {
        let mut config = tokio_postgres::Config::new();
        match &self.host {
            Host::Unix(path) => config.host_path(path),
            Host::Tcp(name) => config.host(name),
        };
        config.port(self.port).user(&self.user).dbname(&self.database).application_name("rapport");
        config.connect_timeout(Duration::from_secs(5));
        if let Some(password) = &self.password {
            config.password(password);
        }
        config
    }

    /// A single connection as the login role, outside every pool: for migrations and tools.
    pub async fn connect(&self) -> Result<tokio_postgres::Client, PgError> {
        let (client, connection) = self.driver_config().connect(tokio_postgres::NoTls).await?;
        tokio::spawn(connection);
        Ok(client)
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.host {
            Host::Unix(path) => write!(f, "database {:?} at socket {}", self.database, path.display()),
            Host::Tcp(name) => write!(f, "database {:?} at {name}:{}", self.database, self.port),
        }
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Target({self}, user {:?})", self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_names_host_user_and_database() {
        let target = Target::parse("postgres://ann:s%40crt@db.example.org:6543/crm").unwrap();
        assert_eq!(target.host, Host::Tcp("db.example.org".into()));
        assert_eq!((target.port, target.user.as_str(), target.database.as_str()), (6543, "ann", "crm"));
        assert_eq!(target.password.as_deref(), Some("s@crt".as_bytes()));
        assert!(!format!("{target:?}").contains("s@crt"));
    }

    #[test]
    fn a_socket_directory_is_a_host() {
        let target = Target::parse("postgresql:///crm?host=/run/postgresql&user=ann").unwrap();
        assert_eq!(target.host, Host::Unix("/run/postgresql".into()));
        assert_eq!(target.database, "crm");
    }

    #[test]
    fn a_url_without_a_user_is_refused() {
        assert!(Target::parse("postgres://localhost/crm").unwrap_err().to_string().contains("names no user"));
        assert!(Target::parse("postgres://u@localhost:port/crm").is_err());
    }
}
