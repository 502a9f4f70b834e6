//! `POST /realtime/v1/api/broadcast…`: broadcasts of those who have no socket open.
//!
//! In: messages from a member. Out: 202, whether or not anybody listens.
//! Invariant: a message reaches topics of its sender's workspace only.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use super::frame::Body;
use super::limits::{MAX_FRAME_BYTES, MAX_TOPIC_BYTES};
use crate::app::App;
use crate::http::error::{Code, Problem};
use crate::http::extract::Caller;

/// Most messages of one request.
const MOST_MESSAGES: usize = 1000;

#[derive(Debug, Deserialize)]
struct Messages {
    messages: Vec<Outgoing>,
}

#[derive(Debug, Deserialize)]
struct Outgoing {
    topic: String,
    event: String,
    payload: Box<RawValue>,
}

/// Sends several messages.
pub async fn broadcast_messages(State(app): State<App>, caller: Caller, payload: Bytes) -> Result<StatusCode, Problem> {
    let Messages { messages } = serde_json::from_slice(&payload)
        .map_err(|error| Problem::new(Code::BadRequest, format!("The messages cannot be read: {error}")))?;
    if messages.len() > MOST_MESSAGES {
        return Err(Problem::invalid("messages", format!("At most {MOST_MESSAGES} messages go in one request")));
    }
    if messages.iter().any(|message| message.topic.len() > MAX_TOPIC_BYTES) {
        return Err(Problem::invalid("topic", format!("A topic has at most {MAX_TOPIC_BYTES} bytes")));
    }
    let workspace_id = workspace_of(&caller)?;
    for message in messages {
        let body = Body::Json(message.payload);
        app.realtime.topics.broadcast_to(workspace_id, &message.topic, &message.event, &body);
    }
    Ok(StatusCode::ACCEPTED)
}

/// Sends one message: JSON, or bytes of any kind.
pub async fn broadcast_event(
    State(app): State<App>,
    caller: Caller,
    Path((topic, event)): Path<(String, String)>,
    headers: HeaderMap,
    payload: Bytes,
) -> Result<StatusCode, Problem> {
    if payload.len() > MAX_FRAME_BYTES {
        return Err(Code::TooLarge.into());
    }
    let raw = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == b"application/octet-stream");
    let body = if raw {
        Body::Raw(payload)
    } else {
        let text = if payload.is_empty() { Bytes::from_static(b"{}") } else { payload };
        let json = serde_json::from_slice::<Box<RawValue>>(&text);
        Body::Json(json.map_err(|_| Problem::new(Code::BadRequest, "The payload is not JSON"))?)
    };
    app.realtime.topics.broadcast_to(workspace_of(&caller)?, &topic, &event, &body);
    Ok(StatusCode::ACCEPTED)
}

fn workspace_of(caller: &Caller) -> Result<Uuid, Problem> {
    caller.membership.map(|membership| membership.workspace_id).ok_or_else(|| Code::Forbidden.into())
}
