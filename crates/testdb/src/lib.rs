//! A migrated PostgreSQL database for each test.
//!
//! In: `db/migrations`. Out: a [`Database`] of its own, dropped with it.
//! Invariant: knows nothing of the server; applies the migrations by itself, so that the two check each other.
//!
//! One private cluster serves all tests of a machine user. It starts with the first test and stops after a quarter
//! of an hour without use; databases that a killed test left behind go with the next one.

mod cluster;
mod template;
mod workspace;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};

use cluster::Cluster;
pub use workspace::Workspace;

/// Why a test gets no database.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `initdb` or `postgres` is not installed.
    #[error("no PostgreSQL server binaries found; install the package postgresql")]
    NoBinaries,
    /// A file or a process could not be handled.
    #[error("{0}: {1}")]
    Io(PathBuf, #[source] std::io::Error),
    /// `initdb` or `postgres` failed.
    #[error("{0}")]
    Process(String),
    /// A statement failed.
    #[error("{0}: {1}")]
    Sql(String, #[source] tokio_postgres::Error),
}

/// A database that belongs to one test and goes with it.
#[derive(Debug)]
pub struct Database {
    cluster: Cluster,
    name: String,
}

static COUNTER: AtomicU32 = AtomicU32::new(0);

impl Database {
    /// A database with every migration applied.
    pub async fn create() -> Result<Self, Error> {
        let cluster = Cluster::find_or_start().await?;
        let template = template::prepare(&cluster).await?;
        Self::from(cluster, &template).await
    }

    /// A database with nothing in it.
    pub async fn create_empty() -> Result<Self, Error> {
        let cluster = Cluster::find_or_start().await?;
        Self::from(cluster, "template0").await
    }

    async fn from(cluster: Cluster, template: &str) -> Result<Self, Error> {
        let name = format!("t_{}_{}", std::process::id(), COUNTER.fetch_add(1, Ordering::Relaxed));
        let admin = cluster.connect("postgres").await?;
        let sql = format!("create database {name} template {template}");
        admin.batch_execute(&sql).await.map_err(|error| Error::Sql(sql, error))?;
        Ok(Self { cluster, name })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How to reach it, as superuser.
    pub fn url(&self) -> String {
        self.url_as("postgres")
    }

    /// How to reach it as another login role.
    pub fn url_as(&self, user: &str) -> String {
        format!("postgresql:///{}?host={}&user={user}", self.name, self.cluster.socket_dir().display())
    }

    /// The directory of the socket.
    pub fn socket_dir(&self) -> PathBuf {
        self.cluster.socket_dir()
    }

    /// A connection as superuser, past every row policy.
    pub async fn client(&self) -> Result<tokio_postgres::Client, Error> {
        self.cluster.connect(&self.name).await
    }

    /// A workspace with one user of each role and the usual pipeline.
    pub async fn workspace(&self, name: &str) -> Result<Workspace, Error> {
        workspace::insert(&self.client().await?, name).await
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (cluster, name) = (self.cluster.clone(), std::mem::take(&mut self.name));
        // A test's runtime may be single-threaded and is busy here, so the work takes a thread of its own.
        let work = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().ok()?;
            runtime.block_on(cluster.drop_database(&name)).ok()
        });
        let _ = work.join();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_database_is_migrated_and_its_own() {
        let (one, two) = tokio::join!(Database::create(), Database::create());
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_ne!(one.name(), two.name());
        let workspace = one.workspace("Acme").await.unwrap();
        let count = "select count(*) from public.memberships";
        let members: i64 = one.client().await.unwrap().query_one(count, &[]).await.unwrap().get(0);
        assert_eq!(members, 5);
        let others: i64 = two.client().await.unwrap().query_one(count, &[]).await.unwrap().get(0);
        assert_eq!(others, 0);
        assert_ne!(workspace.owner, workspace.viewer);
    }

    #[tokio::test]
    async fn a_dropped_database_is_gone() {
        let keeper = Database::create_empty().await.unwrap();
        let gone = Database::create_empty().await.unwrap().name().to_owned();
        let sql = "select count(*) from pg_database where datname = $1";
        let left: i64 = keeper.client().await.unwrap().query_one(sql, &[&gone]).await.unwrap().get(0);
        assert_eq!(left, 0);
    }
}
