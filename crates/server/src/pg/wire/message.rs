//! Messages of PostgreSQL, taken apart without copying.
//!
//! In: bytes as they arrive. Out: [`Message`] and what is inside.
//! Invariant: malformed bytes are an error, never a panic; values are slices of the received buffer.

use bytes::{Buf as _, Bytes, BytesMut};

use super::PgError;
use crate::pg::DbError;

/// A message: its tag and its body.
#[derive(Debug)]
pub(super) struct Message {
    pub(super) tag: u8,
    body: Bytes,
}

const TRUNCATED: PgError = PgError::Protocol("a message ends too early");

/// Takes the first complete message, if there is one.
pub(super) fn take(buffer: &mut BytesMut) -> Result<Option<Message>, PgError> {
    let Some((&[tag, a, b, c, d], _)) = buffer.split_first_chunk::<5>() else {
        buffer.reserve(8 * 1024);
        return Ok(None);
    };
    let length = u32::from_be_bytes([a, b, c, d]) as usize;
    if length < 4 {
        return Err(PgError::Protocol("a message has no length"));
    }
    let whole = length + 1;
    if buffer.len() < whole {
        buffer.reserve((whole - buffer.len()).max(8 * 1024));
        return Ok(None);
    }
    let mut body = buffer.split_to(whole).freeze();
    body.advance(5);
    Ok(Some(Message { tag, body }))
}

impl Message {
    /// May it come at any time: a notice, a changed parameter, a notification.
    pub(super) fn is_asynchronous(&self) -> bool {
        matches!(self.tag, b'N' | b'S' | b'A')
    }

    /// Lets a notice be read by whoever debugs.
    pub(super) fn log(&self) {
        if self.tag == b'N' {
            tracing::debug!(target: "pg", "notice: {}", self.error());
        }
    }

    /// The body of an authentication request: its kind and the rest.
    pub(super) fn authentication(&self) -> Result<(i32, Bytes), PgError> {
        let mut body = self.body.clone();
        Ok((body.try_get_i32().map_err(|_| TRUNCATED)?, body))
    }

    /// The two numbers of `BackendKeyData`.
    pub(super) fn cancel_key(&self) -> Result<(i32, i32), PgError> {
        let mut body = self.body.clone();
        let mut next = || body.try_get_i32().map_err(|_| TRUNCATED);
        Ok((next()?, next()?))
    }

    /// Did `ReadyForQuery` say that no transaction is open.
    pub(super) fn is_idle(&self) -> bool {
        self.tag == b'Z' && self.body.first() == Some(&b'I')
    }

    /// The values of a `DataRow`.
    pub(super) fn values(&self) -> Result<Vec<Option<Bytes>>, PgError> {
        let mut body = self.body.clone();
        let count = usize::from(body.try_get_u16().map_err(|_| TRUNCATED)?);
        let mut values = Vec::with_capacity(count);
        for _ in 0..count {
            let length = body.try_get_i32().map_err(|_| TRUNCATED)?;
            values.push(match usize::try_from(length) {
                Err(_) => None,
                Ok(length) if length <= body.len() => Some(body.split_to(length)),
                Ok(_) => return Err(TRUNCATED),
            });
        }
        Ok(values)
    }

    /// The column names of a `RowDescription`.
    pub(super) fn column_names(&self) -> Result<Vec<String>, PgError> {
        /// Table, attribute, type, length, modifier, format.
        const AFTER_NAME: usize = 4 + 2 + 4 + 2 + 4 + 2;
        let mut body = self.body.clone();
        let count = usize::from(body.try_get_u16().map_err(|_| TRUNCATED)?);
        let mut names = Vec::with_capacity(count);
        for _ in 0..count {
            names.push(take_text(&mut body).ok_or(TRUNCATED)?);
            if body.len() < AFTER_NAME {
                return Err(TRUNCATED);
            }
            body.advance(AFTER_NAME);
        }
        Ok(names)
    }

    /// How many rows a `CommandComplete` speaks of (`INSERT 0 5`, `SELECT 3`).
    pub(super) fn affected(&self) -> u64 {
        let tag = self.body.strip_suffix(b"\0").unwrap_or(&self.body);
        let last = tag.rsplit(|byte| *byte == b' ').next().unwrap_or_default();
        std::str::from_utf8(last).ok().and_then(|number| number.parse().ok()).unwrap_or(0)
    }

    /// The fields of an `ErrorResponse` or a notice.
    pub(super) fn error(&self) -> DbError {
        let mut body = self.body.clone();
        let mut error = DbError::default();
        while body.has_remaining() {
            let field = body.get_u8();
            if field == 0 {
                break;
            }
            let Some(value) = take_text(&mut body) else { break };
            match field {
                b'V' => error.severity = value,
                b'C' => error.sqlstate = value,
                b'M' => error.message = value,
                b'D' => error.detail = Some(value),
                b'H' => error.hint = Some(value),
                b's' => error.schema = Some(value),
                b't' => error.table = Some(value),
                b'c' => error.column = Some(value),
                b'd' => error.datatype = Some(value),
                b'n' => error.constraint = Some(value),
                _ => {}
            }
        }
        error
    }
}

fn take_text(body: &mut Bytes) -> Option<String> {
    let end = memchr::memchr(0, body)?;
    let text = String::from_utf8_lossy(&body.split_to(end)).into_owned();
    body.advance(1);
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(tag: u8, body: &[u8]) -> Message {
        Message { tag, body: Bytes::copy_from_slice(body) }
    }

    #[test]
    fn half_a_message_waits_for_the_rest() {
        let mut buffer = BytesMut::from(&b"Z\0\0\0\x05"[..]);
        assert!(take(&mut buffer).unwrap().is_none());
        buffer.extend_from_slice(b"IC");
        assert!(take(&mut buffer).unwrap().unwrap().is_idle());
        assert_eq!(&buffer[..], b"C");
    }

    #[test]
    fn malformed_bytes_are_an_error() {
        assert!(take(&mut BytesMut::from(&b"Z\0\0\0\x01I"[..])).is_err());
        assert!(message(b'D', b"\0\x02\0\0\0\x01x\0\0\0\x09y").values().is_err());
        assert!(message(b'T', b"\0\x01name").column_names().is_err());
        assert!(message(b'K', b"\0\0").cancel_key().is_err());
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes: Vec<u8>, tag in proptest::sample::select(b"RKZDTCEN".to_vec())) {
            let mut framed = BytesMut::from(&[tag][..]);
            framed.extend_from_slice(&u32::try_from(bytes.len() + 4).unwrap().to_be_bytes());
            framed.extend_from_slice(&bytes);
            for buffer in [&mut BytesMut::from(&bytes[..]), &mut framed] {
                while let Ok(Some(message)) = take(buffer) {
                    let _ = (message.authentication(), message.cancel_key(), message.is_idle(), message.values());
                    let _ = (message.column_names(), message.affected(), message.error());
                }
            }
        }
    }

    #[test]
    fn null_and_empty_differ() {
        let row = message(b'D', b"\0\x02\xff\xff\xff\xff\0\0\0\0").values().unwrap();
        assert_eq!(row, [None, Some(Bytes::new())]);
    }

    #[test]
    fn a_command_tag_counts_rows() {
        assert_eq!(message(b'C', b"INSERT 0 5\0").affected(), 5);
        assert_eq!(message(b'C', b"SELECT 12\0").affected(), 12);
        assert_eq!(message(b'C', b"BEGIN\0").affected(), 0);
    }
}
