//! A small HTTP/1.1 client over one kept connection: measures the server, not a client library.
//!
//! In: requests. Out: status and body.
//! Invariant: knows only what our server sends: bodies with a length or in chunks.

use std::net::SocketAddr;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::BenchError;

/// What to ask.
#[derive(Debug, Clone)]
pub(super) struct Request {
    pub(super) method: &'static str,
    pub(super) path: String,
    pub(super) body: Option<Value>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Vec<u8>,
    /// Where the time went, as the server says (`Server-Timing`).
    pub(super) timing: String,
}

impl Answer {
    /// How long the server planned, in milliseconds.
    pub(super) fn plan_ms(&self) -> Option<f64> {
        self.part("plan;dur=")?.parse().ok()
    }

    /// How many statements the server sent to the database.
    pub(super) fn statements(&self) -> Option<u32> {
        self.part("desc=\"")?.split(' ').next()?.parse().ok()
    }

    fn part(&self, start: &str) -> Option<&str> {
        let (_, rest) = self.timing.split_once(start)?;
        rest.split([',', ';', '"']).next()
    }
}

/// Why a request failed.
#[derive(Debug, thiserror::Error)]
pub enum HttpError {
    /// The connection broke.
    #[error("the connection to the server broke")]
    Io(#[from] std::io::Error),
    /// The answer is no HTTP.
    #[error("the server's answer cannot be understood: {0}")]
    Unreadable(String),
}

/// One kept connection, with a session once signed in.
pub(super) struct Client {
    server: SocketAddr,
    stream: BufReader<TcpStream>,
    token: String,
}

impl Client {
    pub(super) async fn connect(server: SocketAddr) -> Result<Self, HttpError> {
        let stream = TcpStream::connect(server).await?;
        stream.set_nodelay(true)?;
        Ok(Self { server, stream: BufReader::new(stream), token: String::new() })
    }

    /// A second connection of the same user.
    pub(super) async fn another(&self) -> Result<Self, HttpError> {
        Ok(Self { token: self.token.clone(), ..Self::connect(self.server).await? })
    }

    pub(super) async fn sign_in(&mut self, email: &str, password: &str) -> Result<(), BenchError> {
        let body = json!({"email": email, "password": password});
        let path = "/auth/v1/token?grant_type=password".to_owned();
        let answer = self.send(&Request { method: "POST", path, body: Some(body) }).await?;
        let session: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
        match session.get("access_token").and_then(Value::as_str) {
            Some(token) => token.clone_into(&mut self.token),
            None => {
                let answer = String::from_utf8_lossy(&answer.body).into_owned();
                return Err(BenchError::SignIn { email: email.to_owned(), answer });
            }
        }
        Ok(())
    }

    /// The rows of a list.
    pub(super) async fn rows(&mut self, path: &str) -> Result<Vec<Value>, HttpError> {
        let answer = self.send(&Request { method: "GET", path: path.to_owned(), body: None }).await?;
        serde_json::from_slice(&answer.body).map_err(|error| HttpError::Unreadable(format!("{path}: {error}")))
    }

    /// Sends a request and reads the whole answer.
    pub(super) async fn send(&mut self, request: &Request) -> Result<Answer, HttpError> {
        let body = request.body.as_ref().map(Value::to_string).unwrap_or_default();
        let Request { method, path, .. } = request;
        let authorization = if self.token.is_empty() { "rapport" } else { &self.token };
        let message = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\napikey: rapport\r\nauthorization: Bearer {authorization}\r\n\
             content-type: application/json\r\nprefer: return=representation\r\ncontent-length: {}\r\n\r\n{body}",
            self.server,
            body.len(),
        );
        self.stream.write_all(message.as_bytes()).await?;
        self.read_answer().await
    }

    async fn read_answer(&mut self) -> Result<Answer, HttpError> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let status = status.ok_or(HttpError::Unreadable(first))?;
        let (mut length, mut chunked, mut timing) = (0, false, String::new());
        loop {
            let header = self.line().await?.to_ascii_lowercase();
            if header.is_empty() {
                break;
            }
            if let Some(value) = header.strip_prefix("content-length:") {
                length = value.trim().parse().map_err(|_| HttpError::Unreadable(header.clone()))?;
            }
            if let Some(value) = header.strip_prefix("server-timing:") {
                value.trim().clone_into(&mut timing);
            }
            chunked |= header.starts_with("transfer-encoding:") && header.contains("chunked");
        }
        let mut body = Vec::new();
        if chunked {
            self.read_chunks(&mut body).await?;
        } else {
            body.resize(length, 0);
            self.stream.read_exact(&mut body).await?;
        }
        Ok(Answer { status, body, timing })
    }

    async fn read_chunks(&mut self, body: &mut Vec<u8>) -> Result<(), HttpError> {
        loop {
            let size = self.line().await?;
            let size = usize::from_str_radix(size.trim(), 16).map_err(|_| HttpError::Unreadable(size))?;
            let from = body.len();
            body.resize(from + size, 0);
            if let Some(chunk) = body.get_mut(from..) {
                self.stream.read_exact(chunk).await?;
            }
            self.line().await?;
            if size == 0 {
                return Ok(());
            }
        }
    }

    async fn line(&mut self) -> Result<String, HttpError> {
        let mut line = String::new();
        if self.stream.read_line(&mut line).await? == 0 {
            return Err(HttpError::Unreadable("the server closed the connection".to_owned()));
        }
        Ok(line.trim_end().to_owned())
    }
}
