//! Claims about PgBouncer between us and PostgreSQL: Debian's, in transaction mode, which knows nothing of prepared
//! statements.
#![expect(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a failed step fails the test")]

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use server::pg::{Pg, Statement, Target, Terms, Whose};
use testdb::Database;

/// A pooler with one connection to the server for everybody.
struct Pooler {
    process: Child,
    target: Target,
    _dir: tempfile::TempDir,
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Pooler {
    async fn start(db: &Database) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let sockets = db.socket_dir();
        let settings = format!(
            "[databases]\nshared = host={} dbname={} user=postgres pool_size=2\n\
             [pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nunix_socket_dir =\nauth_type = any\npool_mode = transaction\n",
            sockets.display(),
            db.name(),
        );
        let file = dir.path().join("pgbouncer.ini");
        fs::write(&file, settings).unwrap();
        // It refuses root; who owns the server's socket may use it.
        let owner = fs::metadata(&sockets).unwrap();
        for path in [dir.path(), &file] {
            chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
        }
        let mut command = Command::new(binary());
        command.arg("--quiet").arg(&file).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if rustix::process::geteuid().is_root() {
            command.uid(owner.uid()).gid(owner.gid());
        }
        let process = command.spawn().expect("PgBouncer, which script/bootstrap installs");
        let target = Target::parse(&format!("postgres://anybody@127.0.0.1:{port}/shared")).unwrap();
        let pooler = Self { process, target, _dir: dir };
        for _ in 0..500 {
            if tokio::net::TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
                return pooler;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        panic!("PgBouncer does not start");
    }

    fn client(&self) -> Pg {
        Pg::of(Whose::Theirs, self.target.clone(), 4, Duration::from_secs(20)).unwrap()
    }
}

fn binary() -> &'static str {
    if Path::new("/usr/sbin/pgbouncer").exists() { "/usr/sbin/pgbouncer" } else { "pgbouncer" }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn behind_an_old_pooler_no_statement_is_missed() {
    let db = Database::create().await.unwrap();
    let pooler = Pooler::start(&db).await;
    let clients = [pooler.client(), pooler.client(), pooler.client()];
    let terms = Terms {
        role: "postgres".into(),
        isolation: None,
        settings: vec![("role".into(), "postgres".into())],
        before: None,
        limit: None,
        usage: None,
    };
    let tasks = clients.iter().cycle().take(9).enumerate().map(|(task, client)| {
        let (client, terms) = (client.clone(), terms.clone());
        async move {
            for n in 0..60 {
                let wanted = format!("{}", task * 1000 + n);
                let params = [Some(bytes::Bytes::from(wanted.clone()))];
                let sql = format!("select $1::text as \"wanted {}\"", n % 5);
                let rows =
                    client.run(terms.clone(), &[Statement { name: "echo", sql: &sql, params: &params }]).await.unwrap();
                assert_eq!(rows[0].rows[0][0].as_deref(), Some(wanted.as_bytes()));
                assert_eq!(rows[0].columns, [format!("wanted {}", n % 5)]);
            }
        }
    });
    futures_util::future::join_all(tasks).await;
    for client in &clients {
        assert!(client.load_catalog(&["public"], &[]).await.unwrap().relation("public", "contacts").is_some());
    }
}
