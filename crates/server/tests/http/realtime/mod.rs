//! Claims about sockets and the change stream.

mod access;
mod delivery;
mod faults;
mod isolation;
mod socket;
mod topics;
mod visibility;

use std::time::Duration;

use serde_json::{Value, json};
use server::changes;
use tokio::task::JoinHandle;
use uuid::Uuid;

use super::support::Server;
use socket::Socket;
use testdb::Workspace;

/// A server whose change stream runs, with a workspace.
struct Live {
    server: Server,
    following: JoinHandle<()>,
    acme: Workspace,
}

impl Live {
    async fn start() -> Self {
        let server = Server::start().await;
        let acme = server.db.workspace("Acme").await.unwrap();
        let following = changes::start(&server.app);
        until(|| server.app.realtime.is_live()).await;
        Self { server, following, acme }
    }

    /// A socket that is joined to `realtime:<name>` with the given changes, as this user.
    async fn subscribed(&self, user_id: Uuid, name: &str, wanted: Value) -> Socket {
        let mut socket = Socket::open(self.server.address, "2.0.0").await;
        let token = self.server.token_of(user_id).await;
        let reply = socket.join(name, json!({ "postgres_changes": wanted }), Some(&token)).await;
        assert_eq!(reply["status"], "ok", "{reply}");
        let subscribed = socket.event("system").await;
        assert_eq!(subscribed["message"], "Subscribed to PostgreSQL", "{subscribed}");
        socket
    }

    /// Runs SQL as superuser, like `psql`.
    async fn sql(&self, sql: &str) {
        self.server.db.client().await.unwrap().batch_execute(sql).await.unwrap();
    }

    /// A new contact's id.
    async fn contact(&self, workspace_id: Uuid, first_name: &str) -> Uuid {
        let sql = "insert into public.contacts (workspace_id, first_name) values ($1, $2) returning id";
        let client = self.server.db.client().await.unwrap();
        client.query_one(sql, &[&workspace_id, &first_name]).await.unwrap().get(0)
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.following.abort();
    }
}

/// Changes of contacts. What committed just before a join may still come, so a test that begins with rows says which.
fn contacts(event: &str) -> Value {
    json!([{ "event": event, "schema": "public", "table": "contacts" }])
}

/// Waits for a condition that memory will fulfil.
async fn until(condition: impl Fn() -> bool) {
    for _ in 0..2000 {
        if condition() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("it never happened");
}
