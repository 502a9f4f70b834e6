//! A running server with a database of its own, and people who use it.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use server::app::App;
use server::clock;
use server::config::{Config, Options};
use server::pg::{Identity, Pg, Target};
use testdb::{Database, Workspace};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A server on a port of its own.
pub(crate) struct Server {
    pub(crate) app: App,
    pub(crate) db: Database,
    pub(crate) address: SocketAddr,
    task: JoinHandle<()>,
    client: reqwest::Client,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::start_with(Options::default()).await
    }

    pub(crate) async fn start_with(options: Options) -> Self {
        let db = Database::create().await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let options = Options { listen: Some(address.to_string()), ..options };
        let config = Config::from_options(options).unwrap();
        let target = Target::parse(&db.url()).unwrap();
        let pg = Pg::new(target, 4, config.database.pool_wait).unwrap();
        let app = App::start(config, pg).await.unwrap();
        let task = tokio::spawn({
            let app = app.clone();
            async move { server::http::serve(app, listener, std::future::pending()).await.unwrap() }
        });
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { app, db, address, task, client }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address)).header("apikey", "rapport")
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> RequestBuilder {
        self.request(Method::POST, path).json(body)
    }

    /// The first user, who makes the workspace; their session JSON.
    pub(crate) async fn sign_up(&self, email: &str, data: Value) -> Value {
        let body = json!({ "email": email, "password": PASSWORD, "data": data });
        let answer = self.post("/auth/v1/signup", &body).send().await.unwrap();
        expect(answer, StatusCode::OK).await
    }

    /// Every row of every table, as one hash each: two equal maps mean that nothing was written.
    pub(crate) async fn fingerprint(&self) -> BTreeMap<String, String> {
        let client = self.db.client().await.unwrap();
        let mut hashes = BTreeMap::new();
        for (schema, table) in self.app.catalog().relations.keys() {
            let sql = format!(
                "select count(*) || ' ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from {schema}.{table} t"
            );
            hashes.insert(table.clone(), client.query_one(&sql, &[]).await.unwrap().get(0));
        }
        hashes
    }

    /// A token for a user who exists, as if they had signed in.
    pub(crate) async fn token_of(&self, user_id: Uuid) -> String {
        let client = self.app.pg.system().await.unwrap();
        let sql = "insert into auth.sessions (user_id) values ($1) returning id";
        let session_id: Uuid = client.query_one(sql, &[&user_id]).await.unwrap().get(0);
        let now_s = clock::now().timestamp();
        let claims = serde_json::from_value(json!({
            "iss": "test", "sub": user_id, "aud": "authenticated", "role": "authenticated",
            "iat": now_s, "exp": now_s + 3600, "session_id": session_id,
        }));
        self.app.auth.keys.sign(&claims.unwrap()).unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A workspace's owner, as statements run for them.
pub(crate) fn owner_of(workspace: &Workspace) -> Identity {
    Identity {
        db_role: "authenticated",
        user_id: Some(workspace.owner),
        workspace_id: Some(workspace.id),
        workspace_role: Some("owner"),
        claims: "{}".into(),
    }
}

pub(crate) const PASSWORD: &str = "correct horse";

/// The JSON of an answer that must have this status.
pub(crate) async fn expect(answer: reqwest::Response, status: StatusCode) -> Value {
    let seen = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(seen, status, "{text}");
    if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() }
}

/// A text field of JSON.
pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("{name} in {value}"))
}
