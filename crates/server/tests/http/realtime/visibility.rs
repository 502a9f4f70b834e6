//! The claim that a change is never told before it can be read.

use std::time::Duration;

use serde_json::json;
use server::app::App;
use server::config::{Config, Options};
use server::pg::{Cluster, Pg, migrate};
use server::{changes, clock};
use tokio::net::TcpListener;
use uuid::Uuid;

use super::socket::Socket;
use super::{contacts, until};

/// A commit waits for a standby that is not there: its record is in the log and decoded, yet no snapshot sees it. The
/// change must not leave before it is visible.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_not_told_before_it_can_be_read() {
    let dir = tempfile::Builder::new().prefix("rapport-visibility").tempdir().unwrap();
    let options = Options { data_dir: Some(dir.path().join("data")), ..Options::default() };
    let config = Config::from_options(options).unwrap();
    let cluster = Cluster::start(&config.database).await.unwrap();
    let target = cluster.target();
    migrate(&target).await.unwrap();
    let pg = Pg::new(target.clone(), 4, config.database.pool_wait).unwrap();
    let app = App::start(config, pg).await.unwrap();
    let following = changes::start(&app);
    until(|| app.realtime.is_live()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(server::http::serve(app.clone(), listener, std::future::pending()));

    let admin = target.connect().await.unwrap();
    let made = admin
        .query_one(
            "with w as (insert into public.workspaces (name) values ('Acme') returning id),
                  u as (insert into auth.users (email) values ('ann@acme.test') returning id),
                  s as (insert into auth.sessions (user_id) select id from u returning id)
             select w.id, u.id, s.id from w, u, s",
            &[],
        )
        .await
        .unwrap();
    let (workspace_id, user_id, session_id): (Uuid, Uuid, Uuid) = (made.get(0), made.get(1), made.get(2));
    let join = "insert into public.memberships (workspace_id, user_id, role) values ($1, $2, 'owner')";
    admin.execute(join, &[&workspace_id, &user_id]).await.unwrap();
    let now_s = clock::now().timestamp();
    let claims = serde_json::from_value(json!({
        "iss": "test", "sub": user_id, "aud": "authenticated", "role": "authenticated",
        "iat": now_s, "exp": now_s + 3600, "session_id": session_id,
    }));
    let token = app.auth.keys.sign(&claims.unwrap()).unwrap();
    let mut socket = Socket::open(address, "2.0.0").await;
    socket.join("view", json!({ "postgres_changes": contacts("*") }), Some(&token)).await;
    assert_eq!(socket.event("system").await["message"], "Subscribed to PostgreSQL");

    let standby = async |name: &str| {
        admin.batch_execute(&format!("alter system set synchronous_standby_names = '{name}'")).await.unwrap();
        admin.batch_execute("select pg_reload_conf()").await.unwrap();
    };
    standby("absent").await;
    let writer = target.connect().await.unwrap();
    let insert = format!("insert into public.contacts (workspace_id, first_name) values ('{workspace_id}', 'Ann')");
    let writing = tokio::spawn(async move { writer.batch_execute(&insert).await });
    let waiting = "select count(*) from pg_stat_activity where wait_event = 'SyncRep'";
    while admin.query_one(waiting, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let decoded = "select confirmed_flush_lsn >= pg_current_wal_insert_lsn() from pg_replication_slots where active";
    for _ in 0..200 {
        if admin.query_one(decoded, &[]).await.unwrap().get::<_, bool>(0) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let early = socket.all_within(Duration::from_millis(400)).await;
    let count = "select count(*) from public.contacts";
    assert_eq!(admin.query_one(count, &[]).await.unwrap().get::<_, i64>(0), 0, "the row is not visible yet");
    assert_eq!(early, [], "and was not told");

    standby("").await;
    writing.await.unwrap().unwrap();
    assert_eq!(socket.change().await["record"]["first_name"], "Ann");
    following.abort();
    serving.abort();
    drop(socket);
    drop(app);
    cluster.stop().await;
}
