//! The private PostgreSQL: made, started and stopped with the server.
//!
//! In: the data directory. Out: a [`Cluster`] and the [`Target`] to reach it.
//! Invariant: one process at a time starts and stops it, the holder of the data directory's lock; others are guests.

mod binaries;
mod error;
mod lock;
mod owner;
mod process;
mod settings;

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::process::Child;

use super::{PgError, Target};
use crate::config::DatabaseConfig;
use binaries::Binaries;
pub use error::ClusterError;
use lock::Hold;
use owner::Owner;
use settings::Machine;

/// The login role of the private cluster, its superuser.
const USER: &str = "rapport";
/// The product's database in it.
const DATABASE: &str = "rapport";
/// What a Unix socket's address may be long.
const LONGEST_SOCKET: usize = 107;
/// A log larger than this starts anew.
const LARGEST_LOG: u64 = 10 * 1024 * 1024;

/// The private PostgreSQL.
#[derive(Debug)]
pub struct Cluster {
    socket_dir: PathBuf,
    /// `None` for a guest: another process holds the directory.
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    child: Child,
    start: Start,
    _hold: Hold,
}

/// All that is needed to start it, once more if need be.
#[derive(Debug)]
struct Start {
    binaries: Binaries,
    owner: Owner,
    dir: PathBuf,
    socket_dir: PathBuf,
    log: PathBuf,
    connections: usize,
}

impl Cluster {
    /// Starts the database in the data directory; refuses if another process has it. Call it on the main thread.
    pub async fn start(config: &DatabaseConfig) -> Result<Self, ClusterError> {
        let data_dir = prepare(config)?;
        let hold = lock::try_hold(&data_dir)?.ok_or_else(|| lock::in_use(&data_dir))?;
        Self::start_held(config, &data_dir, hold).await
    }

    /// Uses the database of a running server, or starts it for the time being. Call it on the main thread.
    pub async fn join_or_start(config: &DatabaseConfig) -> Result<Self, ClusterError> {
        let data_dir = prepare(config)?;
        match lock::try_hold(&data_dir)? {
            Some(hold) => Self::start_held(config, &data_dir, hold).await,
            None => match process::left_behind(&data_dir.join("postgres")) {
                Some(running) => Ok(Self { socket_dir: running.socket_dir, own: None }),
                None => Err(lock::in_use(&data_dir)),
            },
        }
    }

    async fn start_held(config: &DatabaseConfig, data_dir: &Path, hold: Hold) -> Result<Self, ClusterError> {
        let start = Start::plan(config, data_dir)?;
        start.make().await?;
        let child = start.take_over().await?;
        let socket_dir = start.socket_dir.clone();
        let cluster = Self { socket_dir, own: Some(Own { child, start, _hold: hold }) };
        cluster.create_database().await?;
        Ok(cluster)
    }

    /// How to reach the product's database.
    pub fn target(&self) -> Target {
        Target::private(&self.socket_dir, USER, DATABASE)
    }

    /// Waits until the database stops by itself, which it should not, and starts it again. Only an error ends this.
    pub async fn keep_running(&mut self) -> ClusterError {
        let Some(own) = &mut self.own else {
            return std::future::pending().await;
        };
        loop {
            let ended = own.child.wait().await;
            tracing::error!(?ended, log = %own.start.log.display(), "the database stopped; starting it again");
            // Something that kills it at once would otherwise keep this machine busy.
            tokio::time::sleep(Duration::from_millis(200)).await;
            match own.start.take_over().await {
                Ok(child) => own.child = child,
                Err(error) => return error,
            }
        }
    }

    /// Stops the database, unless it is somebody else's.
    pub async fn stop(mut self) {
        if let Some(own) = &mut self.own {
            process::stop(&mut own.child).await;
        }
    }

    async fn create_database(&self) -> Result<(), ClusterError> {
        let refused = |error: PgError| ClusterError::CreateDatabase(error.to_string());
        match self.target().connect().await {
            Ok(_) => Ok(()),
            Err(error) if error.sqlstate() == Some("3D000") => {
                let admin = self.target().with_database("postgres").connect().await.map_err(refused)?;
                let created = admin.batch_execute(&format!("create database {DATABASE}")).await;
                created.map_err(|error| refused(error.into()))
            }
            Err(error) => Err(refused(error)),
        }
    }
}

/// Makes the data directory and gives its full path.
fn prepare(config: &DatabaseConfig) -> Result<PathBuf, ClusterError> {
    let dir = &config.data_dir;
    fs::create_dir_all(dir).map_err(ClusterError::io(dir))?;
    fs::canonicalize(dir).map_err(ClusterError::io(dir))
}

impl Start {
    fn plan(config: &DatabaseConfig, data_dir: &Path) -> Result<Self, ClusterError> {
        let dir = data_dir.join("postgres");
        let owner = Owner::choose(&dir)?;
        owner.must_reach(data_dir)?;
        let binaries = binaries::choose(config.pg_bin_dir.as_deref(), &dir)?;
        let socket_dir = socket_dir(data_dir);
        owner.make_private(&socket_dir)?;
        let log = data_dir.join("postgres.log");
        Ok(Self { binaries, owner, dir, socket_dir, log, connections: config.pool_size })
    }

    /// Makes the cluster, unless it is there. It gets its name only when it is complete.
    async fn make(&self) -> Result<(), ClusterError> {
        if self.dir.join("PG_VERSION").is_file() {
            return Ok(());
        }
        if fs::read_dir(&self.dir).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(ClusterError::NotACluster { dir: self.dir.clone() });
        }
        tracing::info!(dir = %self.dir.display(), version = self.binaries.major, "making a private database");
        let making = self.dir.with_extension("making");
        if making.exists() {
            fs::remove_dir_all(&making).map_err(ClusterError::io(&making))?;
        }
        self.owner.make_private(&making)?;
        let mut initdb = process::command(&self.binaries.bin.join("initdb"), &self.owner, &making);
        initdb.arg("--pgdata").arg(&making).arg(format!("--username={USER}"));
        initdb.args(["--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums"]);
        let done =
            initdb.kill_on_drop(true).output().await.map_err(ClusterError::io(&self.binaries.bin.join("initdb")))?;
        if !done.status.success() {
            let reason = error::last_words(&String::from_utf8_lossy(&done.stderr), &making);
            let _ = fs::remove_dir_all(&making);
            return Err(ClusterError::Program { program: "initdb", reason });
        }
        let _ = fs::remove_dir(&self.dir);
        fs::rename(&making, &self.dir).map_err(ClusterError::io(&self.dir))
    }

    /// Starts it, after what a crashed server left running has stopped.
    async fn take_over(&self) -> Result<Child, ClusterError> {
        let mut tries = 0;
        loop {
            if let Some(running) = process::left_behind(&self.dir) {
                tracing::info!("taking over the database of a server that crashed");
                process::stop_left_behind(&running).await;
            }
            match self.run().await {
                // Processes of the crashed one are on their way out, or one was just being started.
                Err(error) if error.is_leftover() && tries < 20 => tries += 1,
                outcome => return outcome,
            }
            tokio::time::sleep(Duration::from_millis(250)).await;
        }
    }

    async fn run(&self) -> Result<Child, ClusterError> {
        let mut from = fs::metadata(&self.log).map_or(0, |found| found.len());
        if from > LARGEST_LOG {
            fs::write(&self.log, "").map_err(ClusterError::io(&self.log))?;
            from = 0;
        }
        let mut postgres = process::command(&self.binaries.bin.join("postgres"), &self.owner, &self.dir);
        postgres.arg("-D").arg(&self.dir).arg("-k").arg(&self.socket_dir);
        for setting in settings::settings(Machine::here(), self.connections) {
            postgres.args(["-c", &setting]);
        }
        let mut child = process::spawn(postgres, &self.log)?;
        process::wait_until_ready(&mut child, &self.socket_dir, &self.log, from).await?;
        Ok(child)
    }
}

/// Beside the data, where the path is short enough for a socket; else a private directory among temporary files.
fn socket_dir(data_dir: &Path) -> PathBuf {
    let beside = data_dir.join("socket");
    if beside.join(".s.PGSQL.5432").as_os_str().as_bytes().len() < LONGEST_SOCKET {
        return beside;
    }
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    data_dir.hash(&mut hasher);
    std::env::temp_dir().join(format!("rapport-{:016x}", hasher.finish()))
}
