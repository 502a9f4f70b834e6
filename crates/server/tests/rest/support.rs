//! `rapport rest` in this process, over a library of its own.

use std::net::SocketAddr;

use jsonwebtoken::{EncodingKey, Header, encode};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::Value;
use server::http::serve_router;
use server::pg::Target;
use server::rest::settings::{Settings, Source};
use server::rest::{Door, router};
use testdb::Database;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub(crate) const SECRET: &str = "a secret that nobody guesses, ever";

/// A server over a library.
pub(crate) struct Library {
    pub(crate) door: Door,
    pub(crate) db: Database,
    address: SocketAddr,
    task: JoinHandle<()>,
    client: Client,
}

impl Library {
    /// Starts with these settings beside the usual ones, and knows the database.
    pub(crate) async fn open(settings: &[(&str, &str)]) -> Self {
        let library = Self::open_unread(settings).await;
        library.door.try_load().await.unwrap();
        library
    }

    /// Starts without having looked at the database.
    pub(crate) async fn open_unread(settings: &[(&str, &str)]) -> Self {
        let db = Database::create_empty().await.unwrap();
        db.client().await.unwrap().batch_execute(include_str!("library.sql")).await.unwrap();
        let url = db.url_as("library_login");
        let usual = [
            ("PGRST_DB_URI", url.as_str()),
            ("PGRST_DB_SCHEMAS", "library"),
            ("PGRST_DB_ANON_ROLE", "library_guest"),
            ("PGRST_JWT_SECRET", SECRET),
        ];
        let told = usual.iter().chain(settings).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let settings = Settings::from_source(&Source::read(None, told).unwrap()).unwrap();
        let target = Target::parse(&settings.database).unwrap();
        let door = Door::new(settings, target).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = serve_router(router(door.clone()), listener, std::future::pending());
        let task = tokio::spawn(async move { serving.await.unwrap() });
        Self { door, db, address, task, client: Client::new() }
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("http://{}{path}", self.address))
    }

    pub(crate) fn get(&self, path: &str) -> RequestBuilder {
        self.request(Method::GET, path)
    }

    /// The value of a setting, as a function of the database sees it.
    pub(crate) async fn setting(&self, name: &str, request: impl FnOnce(RequestBuilder) -> RequestBuilder) -> Value {
        let answer = request(self.get(&format!("/rpc/setting?name={name}"))).send().await.unwrap();
        expect(answer, StatusCode::OK).await
    }
}

impl Drop for Library {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A token that says this.
pub(crate) fn token(claims: &Value) -> String {
    encode(&Header::default(), claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

/// The JSON of an answer that must have this status.
pub(crate) async fn expect(answer: Response, status: StatusCode) -> Value {
    let seen = answer.status();
    let text = answer.text().await.unwrap();
    assert_eq!(seen, status, "{text}");
    if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() }
}

/// A header of an answer as text.
pub(crate) fn header<'a>(answer: &'a Response, name: &str) -> Option<&'a str> {
    answer.headers().get(name).map(|value| value.to_str().unwrap())
}
