//! The binary frames of version 2.0.0: kind 3 from a client, kind 4 to it.
//!
//! `03 | join_ref | ref | topic | event | metadata (lengths, one byte each) | encoding`, then the five texts and the payload;
//! `04 | topic | event | metadata (lengths) | encoding`, then the three texts and the payload. Encoding 1 is JSON, 0 bytes.

use bytes::{BufMut as _, Bytes, BytesMut};
use serde_json::value::RawValue;

use super::{Body, Incoming, Payload};

const FROM_CLIENT: u8 = 3;
const TO_CLIENT: u8 = 4;
const JSON: u8 = 1;
const RAW: u8 = 0;

/// Reads a binary frame; only broadcasts have one.
pub(in crate::realtime) fn read_binary(frame: &Bytes) -> Option<Incoming> {
    let [FROM_CLIENT, join_ref, reference, topic, event, metadata, encoding, ..] = **frame else { return None };
    let mut rest = frame.slice(7..);
    let mut text = |length: u8| {
        let length = usize::from(length);
        if length > rest.len() {
            return None;
        }
        String::from_utf8(rest.split_to(length).to_vec()).ok()
    };
    let join_ref = text(join_ref)?;
    let reference = text(reference)?;
    let topic = text(topic)?;
    let event = text(event)?;
    let _metadata = text(metadata)?;
    let body = match encoding {
        JSON => Body::Json(serde_json::from_slice::<Box<RawValue>>(&rest).ok()?),
        RAW => Body::Raw(rest),
        _ => return None,
    };
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    Some(Incoming {
        join_ref: some(join_ref),
        reference: some(reference),
        topic,
        event: "broadcast".to_owned(),
        payload: Payload::Broadcast { event, body },
    })
}

/// Writes a broadcast of raw bytes; `None` when a name is too long for the form.
pub(in crate::realtime) fn write_binary(topic: &str, event: &str, payload: &[u8]) -> Option<Bytes> {
    let mut out = BytesMut::with_capacity(5 + topic.len() + event.len() + payload.len());
    out.put_u8(TO_CLIENT);
    out.put_u8(u8::try_from(topic.len()).ok()?);
    out.put_u8(u8::try_from(event.len()).ok()?);
    out.put_u8(0);
    out.put_u8(RAW);
    out.put_slice(topic.as_bytes());
    out.put_slice(event.as_bytes());
    out.put_slice(payload);
    Some(out.freeze())
}
