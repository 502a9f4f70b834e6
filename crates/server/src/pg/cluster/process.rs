//! The running `postgres`: started, awaited, stopped.
//!
//! In: programs, directories, settings. Out: a server that answers on its socket.
//! Invariant: it stops when this process ends, however that happens: it is told to shut down when its parent dies.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process, set_parent_process_death_signal};
use tokio::process::{Child, Command};

use super::error::last_words;
use super::{ClusterError, Owner};

/// Crash recovery of a large database takes a while; as long as the process lives there is hope.
const START_PATIENCE: Duration = Duration::from_secs(300);
const STOP_PATIENCE: Duration = Duration::from_secs(60);

/// A command as the owner, without variables that would point PostgreSQL's programs elsewhere.
pub(super) fn command(program: &Path, owner: &Owner, dir: &Path) -> Command {
    let mut command = Command::new(program);
    for name in ["PGDATA", "PGPORT", "PGHOST", "PGUSER", "PGDATABASE", "PGOPTIONS", "PGSERVICE", "LANG", "LC_MESSAGES"]
    {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C.UTF-8").current_dir(dir).stdin(Stdio::null());
    if owner.step_down {
        command.uid(owner.uid).gid(owner.gid);
    }
    command
}

/// Starts `postgres`. Must be called on the main thread: the death signal follows the thread that spawned.
#[expect(unsafe_code, reason = "only between fork and exec can a child ask to be told of its parent's death")]
pub(super) fn spawn(mut postgres: Command, log: &Path) -> Result<Child, ClusterError> {
    let file = fs::File::options().create(true).append(true).open(log).map_err(ClusterError::io(log))?;
    let parent = rustix::process::getpid();
    // A group of its own: Ctrl-C at the terminal is for us, and we stop it when the last request is done.
    postgres.process_group(0).stdout(Stdio::null()).stderr(file);
    // SAFETY: the closure makes two system calls and neither allocates nor locks.
    unsafe {
        postgres.pre_exec(move || {
            set_parent_process_death_signal(Some(Signal::INT))?;
            match rustix::process::getppid() {
                Some(living) if living == parent => Ok(()),
                _ => Err(std::io::Error::from(std::io::ErrorKind::BrokenPipe)),
            }
        });
    }
    postgres.spawn().map_err(ClusterError::io(log))
}

/// Waits until the server accepts connections.
pub(super) async fn wait_until_ready(
    child: &mut Child,
    socket: &Path,
    log: &Path,
    from: u64,
) -> Result<(), ClusterError> {
    let give_up = tokio::time::Instant::now() + START_PATIENCE;
    while tokio::time::Instant::now() < give_up {
        if answers(socket).await {
            return Ok(());
        }
        if let Ok(Some(_)) = child.try_wait() {
            let text = fs::read(log).unwrap_or_default();
            let new = text.get(usize::try_from(from).unwrap_or(0)..).unwrap_or_default();
            return Err(ClusterError::Program {
                program: "postgres",
                reason: last_words(&String::from_utf8_lossy(new), log),
            });
        }
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    Err(ClusterError::Silent { seconds: START_PATIENCE.as_secs(), log: log.to_owned() })
}

/// Does a server take logins on this socket. During start and shutdown it answers with a refusal.
async fn answers(socket: &Path) -> bool {
    let target = super::Target::private(socket, super::USER, "postgres");
    target.connect().await.is_ok()
}

/// Shuts a server down: clients are disconnected, a checkpoint is written.
pub(super) async fn stop(child: &mut Child) {
    let Some(pid) = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw) else {
        return;
    };
    for signal in [Signal::INT, Signal::QUIT] {
        let _ = kill_process(pid, signal);
        if tokio::time::timeout(STOP_PATIENCE, child.wait()).await.is_ok() {
            return;
        }
        tracing::warn!("the database takes long to stop");
    }
}

/// A server that runs on this directory already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Running {
    pub(super) pid: Pid,
    pub(super) socket_dir: PathBuf,
}

/// The server that an earlier process left behind, if it still lives. PostgreSQL forgives a note about a dead process,
/// but not one whose number has gone to somebody else: that one is removed.
pub(super) fn left_behind(dir: &Path) -> Option<Running> {
    let path = dir.join("postmaster.pid");
    let note = fs::read_to_string(&path).ok()?;
    let mut lines = note.lines();
    let pid = lines.next()?.trim().parse().ok().and_then(Pid::from_raw)?;
    // A postmaster's working directory is its data directory.
    let cwd = fs::read_link(format!("/proc/{}/cwd", pid.as_raw_nonzero())).ok()?;
    if Some(cwd) != fs::canonicalize(dir).ok() {
        let _ = fs::remove_file(&path);
        return None;
    }
    let socket_dir = lines.nth(3)?.trim();
    Some(Running { pid, socket_dir: PathBuf::from(socket_dir) })
}

/// Shuts down a server that is not our child.
pub(super) async fn stop_left_behind(running: &Running) {
    let _ = kill_process(running.pid, Signal::INT);
    let proc = PathBuf::from(format!("/proc/{}/cwd", running.pid.as_raw_nonzero()));
    let give_up = tokio::time::Instant::now() + STOP_PATIENCE;
    while fs::read_link(&proc).is_ok() && tokio::time::Instant::now() < give_up {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
