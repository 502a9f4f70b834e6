//! Claims about the private database, held with real processes.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed step fails the test")]

use std::fs::{self, Permissions};
use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

/// Long, because a loaded machine makes a cluster slowly; a machine at rest needs a few seconds for the whole file.
const PATIENCE: Duration = Duration::from_secs(120);

fn rapport(dir: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rapport"));
    command.args(["--log", "warn", "--data-dir"]).arg(dir).stdin(Stdio::null()).current_dir("/");
    command
}

/// A directory that every user can reach.
fn open_dir() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    fs::set_permissions(dir.path(), Permissions::from_mode(0o755)).unwrap();
    dir
}

/// A copy of a data directory whose database is made and migrated.
fn data_dir() -> TempDir {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let dir = open_dir();
        let done = rapport(dir.path()).arg("migrate").output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        dir
    });
    let copy = open_dir();
    let copied = Command::new("cp").arg("-a").arg(made.path().join("postgres")).arg(copy.path()).status().unwrap();
    assert!(copied.success());
    copy
}

struct Server {
    child: Child,
    port: u16,
    dir: PathBuf,
}

impl Server {
    fn start(dir: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut command = rapport(dir);
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]);
        let server = Self { child: command.spawn().unwrap(), port, dir: dir.to_owned() };
        server.wait_until_ready();
        server
    }

    fn wait_until_ready(&self) {
        eventually("the server is ready", || self.is_ready());
    }

    fn is_ready(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) else { return false };
        let asked =
            std::io::Write::write_all(&mut stream, b"GET /readyz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
        let mut line = String::new();
        asked.is_ok() && BufReader::new(stream).read_line(&mut line).is_ok() && line.contains(" 200 ")
    }

    fn postmaster(&self) -> Option<Pid> {
        let note = fs::read_to_string(self.dir.join("postgres/postmaster.pid")).ok()?;
        Pid::from_raw(note.lines().next()?.parse().ok()?)
    }

    fn stop(mut self) {
        let postmaster = self.postmaster().unwrap();
        kill_process(Pid::from_child(&self.child), Signal::TERM).unwrap();
        assert!(self.child.wait().unwrap().success());
        assert!(!is_alive(postmaster), "the database outlives the server");
        assert!(!self.dir.join("postgres/postmaster.pid").exists());
    }
}

fn is_alive(pid: Pid) -> bool {
    let stat = fs::read_to_string(format!("/proc/{}/stat", pid.as_raw_nonzero())).unwrap_or_default();
    !stat.is_empty() && !stat.contains(") Z ")
}

fn eventually(claim: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "waited in vain: {claim}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// The command fails with exactly one line that holds these words.
fn refuses(command: &mut Command, words: &[&str]) {
    let Output { status, stderr, .. } = command.output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert!(!status.success());
    let lines: Vec<&str> = stderr.lines().collect();
    assert_eq!(lines.len(), 1, "{stderr}");
    assert!(lines[0].starts_with("rapport: "), "{stderr}");
    for word in words {
        assert!(lines[0].contains(word), "no {word:?} in {stderr}");
    }
}

#[test]
fn a_server_makes_its_database_and_both_stop_together() {
    let dir = open_dir();
    Server::start(dir.path()).stop();
    let server = Server::start(dir.path());
    refuses(
        rapport(dir.path()).args(["serve", "--listen", "127.0.0.1:0"]),
        &["another rapport (process ", "--data-dir"],
    );
    let beside = rapport(dir.path()).arg("migrate").output().unwrap();
    assert!(beside.status.success(), "{}", String::from_utf8_lossy(&beside.stderr));
    assert!(server.is_ready(), "a tool beside the server leaves its database alone");
    server.stop();
}

#[test]
fn a_server_that_is_killed_takes_its_database_along() {
    let dir = data_dir();
    let mut server = Server::start(dir.path());
    let postmaster = server.postmaster().unwrap();
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    // At once, while the old database may still be stopping.
    let next = Server::start(dir.path());
    eventually("the old database is gone", || !is_alive(postmaster));
    assert!(next.is_ready());
    next.stop();
}

#[test]
fn what_a_power_cut_leaves_behind_is_recovered() {
    let dir = data_dir();
    let mut server = Server::start(dir.path());
    let postmaster = server.postmaster().unwrap();
    kill_process(postmaster, Signal::KILL).unwrap();
    server.child.kill().unwrap();
    server.child.wait().unwrap();
    assert!(dir.path().join("postgres/postmaster.pid").exists());
    Server::start(dir.path()).stop();
    // The number in a stale note may be somebody else's by now.
    let note = format!("{}\n{}\n0\n5432\n/tmp\n", std::process::id(), dir.path().join("postgres").display());
    fs::write(dir.path().join("postgres/postmaster.pid"), note).unwrap();
    Server::start(dir.path()).stop();
}

#[test]
fn a_database_that_dies_is_started_again() {
    let dir = data_dir();
    let server = Server::start(dir.path());
    let postmaster = server.postmaster().unwrap();
    kill_process(postmaster, Signal::KILL).unwrap();
    eventually("another database runs", || server.postmaster().is_some_and(|pid| pid != postmaster && is_alive(pid)));
    server.wait_until_ready();
    server.stop();
}

#[test]
fn a_taken_port_is_one_line() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let dir = open_dir();
    refuses(
        rapport(dir.path()).args(["serve", "--listen", &address]),
        &[&address, "another program uses it", "--listen"],
    );
    assert!(!dir.path().join("postgres").exists(), "nothing was made");
}

#[test]
fn missing_binaries_are_one_line() {
    let dir = open_dir();
    let empty = open_dir();
    let mut command = rapport(dir.path());
    command.args(["serve", "--listen", "127.0.0.1:0", "--pg-bin-dir"]).arg(empty.path());
    refuses(&mut command, &["no PostgreSQL server found", "apt-get install postgresql", "--database-url"]);
}

#[test]
fn a_data_directory_of_another_version_is_one_line() {
    let dir = open_dir();
    fs::create_dir(dir.path().join("postgres")).unwrap();
    fs::write(dir.path().join("postgres/PG_VERSION"), "9\n").unwrap();
    refuses(rapport(dir.path()).args(["serve", "--listen", "127.0.0.1:0"]), &["made by PostgreSQL 9", "restore"]);
    let foreign = open_dir();
    fs::create_dir(foreign.path().join("postgres")).unwrap();
    fs::write(foreign.path().join("postgres/letter.txt"), "dear").unwrap();
    refuses(rapport(foreign.path()).arg("migrate"), &["holds no PostgreSQL cluster"]);
    assert!(foreign.path().join("postgres/letter.txt").exists());
}

#[test]
fn a_place_that_cannot_be_used_is_one_line() {
    let dir = open_dir();
    fs::write(dir.path().join("file"), "").unwrap();
    refuses(rapport(&dir.path().join("file/data")).arg("migrate"), &["not a directory", "--data-dir"]);
    if rustix::process::geteuid().is_root() {
        let closed = dir.path().join("closed");
        fs::create_dir(&closed).unwrap();
        fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
        let words = ["runs as user", "may not enter", "/closed", "--data-dir"];
        refuses(rapport(&closed.join("data")).arg("migrate"), &words);
    }
}

#[test]
fn a_full_disk_is_one_line() {
    let dir = open_dir();
    // Only root may mount, and not in every container.
    let mount = ["-t", "tmpfs", "-o", "size=20m,mode=755", "tmpfs"];
    if !Command::new("mount")
        .args(mount)
        .arg(dir.path())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|done| done.success())
    {
        return;
    }
    let output = rapport(&dir.path().join("data")).arg("migrate").output();
    let unmounted = Command::new("umount").arg(dir.path()).status();
    let stderr = String::from_utf8(output.unwrap().stderr).unwrap();
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert!(stderr.starts_with("rapport: initdb failed: ") && stderr.contains("the disk is full"), "{stderr}");
    assert!(unmounted.unwrap().success());
}

#[test]
fn a_database_url_that_leads_nowhere_is_one_line() {
    let dir = open_dir();
    let with = |url: &str| {
        let mut command = rapport(dir.path());
        command.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
        command
    };
    refuses(&mut with("mysql://u:secret@h/d"), &["database_url", "expected postgres://"]);
    refuses(&mut with("postgres://u:secret@127.0.0.1:nope/d"), &["database_url"]);
    refuses(
        &mut with("postgres://u:secret@127.0.0.1:1/d"),
        &["127.0.0.1:1", "onnection refused", "check database_url"],
    );
    refuses(&mut with("postgresql:///d?host=/nowhere&user=u"), &["/nowhere", "check database_url"]);
}

#[test]
fn a_long_path_still_gets_a_socket() {
    let dir = open_dir();
    let long = dir.path().join("a".repeat(60)).join("b".repeat(60));
    fs::create_dir_all(&long).unwrap();
    let done = rapport(&long).arg("migrate").output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}
