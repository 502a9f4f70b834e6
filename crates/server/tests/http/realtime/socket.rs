//! A client of the Phoenix protocol, as plain as possible.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

const PATIENCE: Duration = Duration::from_secs(20);

/// A frame with its address.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Frame {
    pub(super) join_ref: Value,
    pub(super) reference: Value,
    pub(super) topic: String,
    pub(super) event: String,
    pub(super) payload: Value,
}

/// An open socket.
pub(super) struct Socket {
    stream: WebSocketStream<MaybeTlsStream<TcpStream>>,
    version: &'static str,
    reference: u32,
    /// What was read while looking for something else.
    kept: Vec<Frame>,
}

impl Socket {
    pub(super) async fn open(address: SocketAddr, version: &'static str) -> Self {
        Self::open_with(address, version, "", None).await.unwrap()
    }

    /// Opens with more parameters and an origin; gives the status of a refusal.
    pub(super) async fn open_with(
        address: SocketAddr,
        version: &'static str,
        parameters: &str,
        origin: Option<&str>,
    ) -> Result<Self, u16> {
        let url = format!("ws://{address}/realtime/v1/websocket?apikey=rapport&vsn={version}{parameters}");
        let mut request = url.into_client_request().unwrap();
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", origin.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((stream, _)) => Ok(Self { stream, version, reference: 0, kept: Vec::new() }),
            Err(tokio_tungstenite::tungstenite::Error::Http(answer)) => Err(answer.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    /// Joins `realtime:<name>`; gives the reply.
    pub(super) async fn join(&mut self, name: &str, config: Value, token: Option<&str>) -> Value {
        let mut payload = json!({ "config": config });
        if let Some(token) = token {
            payload["access_token"] = token.into();
        }
        self.ask(&format!("realtime:{name}"), "phx_join", payload).await
    }

    /// Sends and waits for the reply.
    pub(super) async fn ask(&mut self, topic: &str, event: &str, payload: Value) -> Value {
        let reference = self.push(topic, event, payload).await;
        self.frame(|frame| frame.event == "phx_reply" && frame.reference == reference.as_str()).await.payload
    }

    /// Sends.
    pub(super) async fn push(&mut self, topic: &str, event: &str, payload: Value) -> String {
        self.reference += 1;
        let reference = self.reference.to_string();
        let join_ref = if event == "phx_join" { json!(reference) } else { Value::Null };
        let text = match self.version {
            "1.0.0" => {
                json!({ "topic": topic, "event": event, "payload": payload, "ref": reference, "join_ref": join_ref })
            }
            _ => json!([join_ref, reference, topic, event, payload]),
        };
        self.send(Message::Text(text.to_string().into())).await;
        reference
    }

    pub(super) async fn send(&mut self, message: Message) {
        self.try_send(message).await.unwrap();
    }

    /// Sends to a server that may hang up meanwhile.
    pub(super) async fn try_send(&mut self, message: Message) -> Result<(), tokio_tungstenite::tungstenite::Error> {
        self.stream.send(message).await
    }

    /// The payload of the next frame of this event.
    pub(super) async fn event(&mut self, event: &str) -> Value {
        self.frame(|frame| frame.event == event).await.payload
    }

    /// The `data` of the next change.
    pub(super) async fn change(&mut self) -> Value {
        self.event("postgres_changes").await["data"].take()
    }

    /// The next frame that is like this; others are kept.
    pub(super) async fn frame(&mut self, like: impl Fn(&Frame) -> bool) -> Frame {
        if let Some(at) = self.kept.iter().position(&like) {
            return self.kept.remove(at);
        }
        loop {
            let frame = timeout(PATIENCE, self.next()).await;
            let frame = frame.unwrap_or_else(|_| panic!("nothing came; before it: {:?}", self.kept));
            let frame = frame.unwrap_or_else(|| panic!("the socket was closed; before it: {:?}", self.kept));
            if like(&frame) {
                return frame;
            }
            self.kept.push(frame);
        }
    }

    /// Everything that comes until nothing has come for this long.
    pub(super) async fn all_within(&mut self, quiet: Duration) -> Vec<Frame> {
        let mut frames = std::mem::take(&mut self.kept);
        while let Ok(Some(frame)) = timeout(quiet, self.next()).await {
            frames.push(frame);
        }
        frames
    }

    /// Reads until the server closes; gives its code.
    pub(super) async fn closed(&mut self) -> Option<u16> {
        loop {
            match timeout(PATIENCE, self.stream.next()).await.unwrap() {
                Some(Ok(Message::Close(frame))) => return frame.map(|frame| frame.code.into()),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return None,
            }
        }
    }

    async fn next(&mut self) -> Option<Frame> {
        loop {
            match self.stream.next().await?.ok()? {
                Message::Text(text) => return Some(self.read(&text)),
                Message::Close(_) => return None,
                _ => {}
            }
        }
    }

    fn read(&self, text: &str) -> Frame {
        let mut json: Value = serde_json::from_str(text).unwrap();
        let mut part = |at: usize, name: &str| match self.version {
            "1.0.0" => json.get_mut(name).map_or(Value::Null, Value::take),
            _ => json[at].take(),
        };
        Frame {
            join_ref: part(0, "join_ref"),
            reference: part(1, "ref"),
            topic: part(2, "topic").as_str().unwrap().to_owned(),
            event: part(3, "event").as_str().unwrap().to_owned(),
            payload: part(4, "payload"),
        }
    }
}
