//! Phoenix frames, versions 1.0.0 (objects) and 2.0.0 (arrays, and a binary form for broadcasts).
//!
//! In: what a client sent. Out: an [`Incoming`]; and the other way, text and binary frames.
//! Invariant: a frame that cannot be read is `None`, never an error that ends the connection.

mod binary;
#[cfg(test)]
mod tests;

use axum::extract::ws::Utf8Bytes;
use serde::Deserialize;
use serde_json::value::RawValue;

pub(super) use binary::{read_binary, write_binary};

/// The serializer a client chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

impl Version {
    /// The value of `vsn`; 1.0.0 when there is none.
    pub(super) fn parse(text: Option<&str>) -> Option<Self> {
        match text {
            None | Some("1.0.0") => Some(Self::One),
            Some("2.0.0") => Some(Self::Two),
            Some(_) => None,
        }
    }
}

/// A frame from a client.
#[derive(Debug)]
pub(super) struct Incoming {
    pub(super) join_ref: Option<String>,
    pub(super) reference: Option<String>,
    pub(super) topic: String,
    pub(super) event: String,
    pub(super) payload: Payload,
}

/// What a frame carries.
#[derive(Debug)]
pub(super) enum Payload {
    /// A JSON value.
    Json(Box<RawValue>),
    /// The user's event of a binary broadcast.
    Broadcast { event: String, body: Body },
}

/// The payload of a broadcast.
#[derive(Debug, Clone)]
pub(super) enum Body {
    /// JSON text.
    Json(Box<RawValue>),
    /// Bytes that mean something to the users only.
    Raw(bytes::Bytes),
}

#[derive(Deserialize)]
struct Object {
    topic: String,
    event: String,
    payload: Option<Box<RawValue>>,
    #[serde(rename = "ref")]
    reference: Option<String>,
    join_ref: Option<String>,
}

type Array = (Option<String>, Option<String>, String, String, Box<RawValue>);

/// Reads a text frame.
pub(super) fn read_text(version: Version, text: &str) -> Option<Incoming> {
    match version {
        Version::One => {
            let Object { topic, event, payload, reference, join_ref } = serde_json::from_str(text).ok()?;
            let payload = Payload::Json(payload.unwrap_or_default());
            Some(Incoming { join_ref, reference, topic, event, payload })
        }
        Version::Two => {
            let (join_ref, reference, topic, event, payload) = serde_json::from_str::<Array>(text).ok()?;
            Some(Incoming { join_ref, reference, topic, event, payload: Payload::Json(payload) })
        }
    }
}

/// The address of a frame to a client.
#[derive(Debug, Clone, Copy)]
pub(super) struct Address<'a> {
    pub(super) join_ref: Option<&'a str>,
    pub(super) reference: Option<&'a str>,
    pub(super) topic: &'a str,
    pub(super) event: &'a str,
}

/// Writes a text frame; `payload` is a JSON object, in pieces that are joined.
pub(super) fn write_text(version: Version, address: Address<'_>, payload: &[&str]) -> Utf8Bytes {
    let Address { join_ref, reference, topic, event } = address;
    let length: usize = payload.iter().map(|piece| piece.len()).sum();
    let mut out = String::with_capacity(length + topic.len() + 96);
    match version {
        Version::One => {
            out.push_str("{\"ref\":");
            push_optional(&mut out, reference);
            if join_ref.is_some() {
                out.push_str(",\"join_ref\":");
                push_optional(&mut out, join_ref);
            }
            out.push_str(",\"topic\":");
            push_string(&mut out, topic);
            out.push_str(",\"event\":");
            push_string(&mut out, event);
            out.push_str(",\"payload\":");
            payload.iter().for_each(|piece| out.push_str(piece));
            out.push('}');
        }
        Version::Two => {
            out.push('[');
            push_optional(&mut out, join_ref);
            out.push(',');
            push_optional(&mut out, reference);
            out.push(',');
            push_string(&mut out, topic);
            out.push(',');
            push_string(&mut out, event);
            out.push(',');
            payload.iter().for_each(|piece| out.push_str(piece));
            out.push(']');
        }
    }
    out.into()
}

fn push_optional(out: &mut String, text: Option<&str>) {
    match text {
        Some(text) => push_string(out, text),
        None => out.push_str("null"),
    }
}

fn push_string(out: &mut String, text: &str) {
    out.push_str(&serde_json::Value::from(text).to_string());
}
