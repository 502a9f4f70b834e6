//! The one private PostgreSQL that all tests of a machine user share.
//!
//! In: the server binaries of the machine. Out: a running cluster and connections to it.
//! Invariant: made and started under a file lock, so that any number of test processes may begin at once.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::fs::{FlockOperation, flock};
use tokio_postgres::{Client, NoTls};

use crate::Error;

/// No durability: nothing here outlives a test.
const SETTINGS: &[&str] = &[
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "fsync=off",
    "full_page_writes=off",
    "wal_level=logical",
    "max_wal_senders=60",
    "max_replication_slots=60",
    "max_connections=300",
    "shared_buffers=128MB",
    "max_wal_size=512MB",
    "jit=off",
    "log_min_messages=fatal",
    "autovacuum_naptime=10min",
];

/// Everybody is trusted, apart from three roles for tests of logging in.
const ACCESS: &str = "\
local all needs_scram scram-sha-256
local all needs_md5 md5
local all needs_password password
local all all trust
local replication all trust
";

/// Runs the server until it has neither been asked for nor had a connection for a quarter of an hour.
const WATCH: &str = r#"
"$@" &
server=$!
trap 'kill -INT $server; wait $server; exit' TERM INT
while kill -0 $server 2>/dev/null; do
  sleep 20 & wait $!
  if find used -mmin -15 | grep -q .; then continue; fi
  if cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | grep -q '^postgres: .*\[local\]'; then continue; fi
  kill -INT $server
done
"#;

/// A running cluster.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    root: PathBuf,
}

/// Held while the cluster or a template is being made.
pub(crate) struct Lock {
    _file: File,
}

impl Cluster {
    /// The machine user's cluster, started if it is not running.
    pub(crate) async fn find_or_start() -> Result<Self, Error> {
        let me = rustix::process::geteuid();
        let cluster = Self { root: std::env::temp_dir().join(format!("rapport-testdb-{}", me.as_raw())) };
        let owner = owner(me.as_raw())?;
        cluster.make_root(owner)?;
        let used = cluster.root.join("used");
        File::create(&used).map_err(|error| Error::Io(used, error))?;
        if cluster.connect("postgres").await.is_ok() {
            return Ok(cluster);
        }
        let _lock = cluster.lock().await?;
        if cluster.connect("postgres").await.is_err() {
            let starting = cluster.clone();
            let started = tokio::task::spawn_blocking(move || starting.start(owner)).await;
            started.map_err(|error| Error::Process(error.to_string()))??;
            cluster.wait_until_ready().await?;
        }
        cluster.drop_left_behind().await?;
        Ok(cluster)
    }

    pub(crate) fn socket_dir(&self) -> PathBuf {
        self.root.clone()
    }

    /// A connection as superuser.
    pub(crate) async fn connect(&self, database: &str) -> Result<Client, Error> {
        let mut config = tokio_postgres::Config::new();
        config.host_path(&self.root).user("postgres").dbname(database).application_name("testdb");
        let connected = config.connect(NoTls).await;
        let (client, connection) = connected.map_err(|error| Error::Sql(format!("connect {database}"), error))?;
        tokio::spawn(connection);
        Ok(client)
    }

    /// Waits for the exclusive right to make something.
    pub(crate) async fn lock(&self) -> Result<Lock, Error> {
        let path = self.root.join("lock");
        let locked = tokio::task::spawn_blocking(move || {
            let file = File::options().create(true).append(true).open(&path).map_err(|error| (path.clone(), error))?;
            flock(&file, FlockOperation::LockExclusive).map_err(|error| (path, error.into()))?;
            Ok(Lock { _file: file })
        });
        let locked = locked.await.map_err(|error| Error::Process(error.to_string()))?;
        locked.map_err(|(path, error)| Error::Io(path, error))
    }

    /// Drops a database with whoever still uses it.
    pub(crate) async fn drop_database(&self, name: &str) -> Result<(), Error> {
        let admin = self.connect("postgres").await?;
        let sql = format!("drop database if exists {name} with (force)");
        // A logical slot that is in use refuses the drop, even a forced one.
        let stop = "select pg_terminate_backend(active_pid) from pg_replication_slots where database = $1 and active";
        let mut tries = 0;
        loop {
            let stopped = admin.query(stop, &[&name]).await;
            stopped.map_err(|error| Error::Sql(stop.to_owned(), error))?;
            match admin.batch_execute(&sql).await {
                Ok(()) => return Ok(()),
                Err(error) if tries == 20 => return Err(Error::Sql(sql, error)),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
            tries += 1;
        }
    }

    fn make_root(&self, (uid, gid): (u32, u32)) -> Result<(), Error> {
        let io = |error| Error::Io(self.root.clone(), error);
        match fs::create_dir(&self.root) {
            Ok(()) => {
                fs::set_permissions(&self.root, fs::Permissions::from_mode(0o700)).map_err(io)?;
                chown(&self.root, Some(uid), Some(gid)).map_err(io)
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let found = fs::symlink_metadata(&self.root).map_err(io)?;
                if found.is_dir() && [0, uid].contains(&found.uid()) {
                    return Ok(());
                }
                Err(Error::Process(format!("{} belongs to somebody else", self.root.display())))
            }
            Err(error) => Err(io(error)),
        }
    }

    fn start(&self, (uid, gid): (u32, u32)) -> Result<(), Error> {
        let bin = bin_dir().ok_or(Error::NoBinaries)?;
        let data = self.root.join("data");
        let as_owner = |command: &mut Command| {
            command.current_dir(&self.root).stdin(Stdio::null());
            if rustix::process::geteuid().is_root() {
                command.uid(uid).gid(gid);
            }
        };
        if !data.join("PG_VERSION").exists() {
            let _ = fs::remove_dir_all(&data);
            let mut initdb = Command::new(bin.join("initdb"));
            initdb.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]);
            initdb.arg("--pgdata").arg(&data);
            as_owner(&mut initdb);
            let done = initdb.output().map_err(|error| Error::Io(bin.join("initdb"), error))?;
            if !done.status.success() {
                return Err(Error::Process(String::from_utf8_lossy(&done.stderr).into_owned()));
            }
        }
        let access = data.join("pg_hba.conf");
        fs::write(&access, ACCESS).map_err(|error| Error::Io(access, error))?;
        let log = self.root.join("log");
        let log_file = File::create(&log).map_err(|error| Error::Io(log, error))?;
        let mut server = Command::new("/bin/sh");
        server.args(["-c", WATCH, "rapport-testdb"]).arg(bin.join("postgres")).arg("-D").arg(&data);
        server.arg("-k").arg(&self.root);
        for setting in SETTINGS {
            server.args(["-c", setting]);
        }
        as_owner(&mut server);
        // A group of its own: an interrupt at the terminal must not stop a server that others use.
        server.process_group(0).stdout(Stdio::null()).stderr(log_file);
        server.spawn().map_err(|error| Error::Io(bin.join("postgres"), error))?;
        Ok(())
    }

    async fn wait_until_ready(&self) -> Result<(), Error> {
        for _ in 0..3000 {
            if self.connect("postgres").await.is_ok() {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let log = fs::read_to_string(self.root.join("log")).unwrap_or_default();
        Err(Error::Process(format!("the test cluster does not start: {log}")))
    }

    /// Drops the databases of test processes that no longer run.
    async fn drop_left_behind(&self) -> Result<(), Error> {
        let sql = r"select datname from pg_database where datname ~ '^t_\d+_\d+$'";
        let rows = self.connect("postgres").await?.query(sql, &[]).await;
        for row in rows.map_err(|error| Error::Sql(sql.to_owned(), error))? {
            let name: &str = row.get(0);
            let process = name.split('_').nth(1).unwrap_or_default();
            if !Path::new("/proc").join(process).exists() {
                let _ = self.drop_database(name).await;
            }
        }
        Ok(())
    }
}

/// Who runs the server: postgres refuses root.
fn owner(me: u32) -> Result<(u32, u32), Error> {
    if me != 0 {
        return Ok((me, rustix::process::getegid().as_raw()));
    }
    let path = PathBuf::from("/etc/passwd");
    let users = fs::read_to_string(&path).map_err(|error| Error::Io(path, error))?;
    let ids = |name: &str| {
        let fields: Vec<&str> =
            users.lines().map(|line| line.split(':').collect()).find(|f: &Vec<&str>| f.first() == Some(&name))?;
        Some((fields.get(2)?.parse().ok()?, fields.get(3)?.parse().ok()?))
    };
    ids("postgres").or_else(|| ids("nobody")).ok_or_else(|| Error::Process("no user postgres or nobody".to_owned()))
}

/// The newest installed server.
fn bin_dir() -> Option<PathBuf> {
    let debian = fs::read_dir("/usr/lib/postgresql").ok().into_iter().flatten().flatten();
    let mut found: Vec<(u32, PathBuf)> = debian
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(major, bin)| *major >= 15 && bin.join("postgres").exists())
        .collect();
    found.sort();
    let on_path = || std::env::split_paths(&std::env::var_os("PATH")?).find(|dir| dir.join("initdb").exists());
    found.pop().map(|(_, bin)| bin).or_else(on_path)
}
