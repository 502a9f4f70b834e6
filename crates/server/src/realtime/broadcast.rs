//! `POST /realtime/v1/api/broadcast…`: broadcasts of those who have no socket open.
//!
//! In: messages from a member. Out: 202, whether or not anybody listens.
//! Invariant: a message reaches topics of its sender's workspace only.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::frame::Body;
use super::limits::{MAX_FRAME_BYTES, MAX_TOPIC_BYTES};
use crate::app::App;
use crate::http::extract::Caller;

/// Most messages of one request.
const MOST_MESSAGES: usize = 1000;

/// The body of `POST /realtime/v1/api/broadcast`.
#[derive(Debug, Deserialize)]
pub struct Messages {
    messages: Vec<Outgoing>,
}

#[derive(Debug, Deserialize)]
struct Outgoing {
    topic: String,
    event: String,
    payload: Box<RawValue>,
}

/// Sends several messages.
pub async fn broadcast_messages(State(app): State<App>, caller: Caller, Json(body): Json<Messages>) -> Response {
    let too_long = |message: &Outgoing| message.topic.len() > MAX_TOPIC_BYTES;
    if body.messages.len() > MOST_MESSAGES || body.messages.iter().any(too_long) {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    }
    let Some(membership) = caller.membership else { return StatusCode::FORBIDDEN.into_response() };
    for message in body.messages {
        let body = Body::Json(message.payload);
        app.realtime.topics.broadcast_to(membership.workspace_id, &message.topic, &message.event, &body);
    }
    StatusCode::ACCEPTED.into_response()
}

/// Sends one message: JSON, or bytes of any kind.
pub async fn broadcast_event(
    State(app): State<App>,
    caller: Caller,
    Path((topic, event)): Path<(String, String)>,
    headers: HeaderMap,
    payload: Bytes,
) -> Response {
    if payload.len() > MAX_FRAME_BYTES {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    let Some(membership) = caller.membership else { return StatusCode::FORBIDDEN.into_response() };
    let raw = headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == b"application/octet-stream");
    let body = if raw {
        Body::Raw(payload)
    } else {
        let text = if payload.is_empty() { Bytes::from_static(b"{}") } else { payload };
        match serde_json::from_slice::<Box<RawValue>>(&text) {
            Ok(json) => Body::Json(json),
            Err(_) => return StatusCode::UNPROCESSABLE_ENTITY.into_response(),
        }
    };
    app.realtime.topics.broadcast_to(membership.workspace_id, &topic, &event, &body);
    StatusCode::ACCEPTED.into_response()
}
