//! The database of a command: the operator's, or the private one.
//!
//! In: the configuration. Out: a migrated [`Database`] that answers.
//! Invariant: a private database that a command started stops with it; one that a server runs is left alone.

use super::CliError;
use crate::config::DatabaseConfig;
use crate::pg::{Cluster, ClusterError, MigrateError, Pg, Target, change_stream_advice, migrate};

/// The database of a command.
#[derive(Debug)]
pub enum Database {
    /// Ours, in the data directory.
    Private(Box<Cluster>),
    /// Named by `database_url`.
    Given(Target),
}

impl Database {
    /// The database for a server: nobody else may run the private one.
    pub async fn open_alone(config: &DatabaseConfig) -> Result<Self, CliError> {
        match &config.url {
            Some(url) => Self::given(url),
            None => Ok(Self::Private(Box::new(Cluster::start(config).await?))),
        }
    }

    /// The database for a tool, beside a running server or without one.
    pub async fn open(config: &DatabaseConfig) -> Result<Self, CliError> {
        match &config.url {
            Some(url) => Self::given(url),
            None => Ok(Self::Private(Box::new(Cluster::join_or_start(config).await?))),
        }
    }

    fn given(url: &str) -> Result<Self, CliError> {
        Ok(Self::Given(Target::parse(url)?))
    }

    /// Where it is.
    pub fn target(&self) -> Target {
        match self {
            Self::Private(cluster) => cluster.target(),
            Self::Given(target) => target.clone(),
        }
    }

    /// Applies missing migrations; gives back how many files that were.
    pub async fn migrate(&self) -> Result<usize, CliError> {
        migrate(&self.target()).await.map_err(|error| match (self, error) {
            (Self::Given(target), MigrateError::Database(source)) => {
                CliError::Given { target: Box::new(target.clone()), source: Box::new(source) }
            }
            (_, error) => CliError::Migrate(error),
        })
    }

    /// Says what the operator has to change before changes made by others arrive without a reload.
    pub async fn warn_about_change_stream(&self) -> Result<(), CliError> {
        if let Self::Given(target) = self
            && let Some(advice) = change_stream_advice(target).await?
        {
            tracing::warn!("live updates are off and the server does not become ready: {advice}");
        }
        Ok(())
    }

    /// A pool of connections to it.
    pub fn pool(&self, config: &DatabaseConfig) -> Result<Pg, CliError> {
        Ok(Pg::new(self.target(), config.pool_size, config.pool_wait)?)
    }

    /// Starts the private database again whenever it stops by itself; ends only with an error.
    pub async fn keep_running(&mut self) -> ClusterError {
        match self {
            Self::Private(cluster) => cluster.keep_running().await,
            Self::Given(_) => std::future::pending().await,
        }
    }

    /// Stops the private database, if this command started it.
    pub async fn close(self) {
        if let Self::Private(cluster) = self {
            cluster.stop().await;
        }
    }
}
