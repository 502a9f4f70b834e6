//! A cursor over the bytes of one message: every read is checked.

use bytes::{Buf, Bytes, TryGetError};

use super::DecodeError;

/// Reads fields in network byte order.
pub(super) struct Reader {
    rest: Bytes,
}

impl Reader {
    pub(super) fn new(bytes: Bytes) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn u8(&mut self) -> Result<u8, DecodeError> {
        self.rest.try_get_u8().map_err(truncated)
    }

    pub(super) fn u16(&mut self) -> Result<u16, DecodeError> {
        self.rest.try_get_u16().map_err(truncated)
    }

    pub(super) fn u32(&mut self) -> Result<u32, DecodeError> {
        self.rest.try_get_u32().map_err(truncated)
    }

    pub(super) fn u64(&mut self) -> Result<u64, DecodeError> {
        self.rest.try_get_u64().map_err(truncated)
    }

    pub(super) fn i64(&mut self) -> Result<i64, DecodeError> {
        self.rest.try_get_i64().map_err(truncated)
    }

    /// The next `length` bytes, shared with the message.
    pub(super) fn take(&mut self, length: u32) -> Result<Bytes, DecodeError> {
        match usize::try_from(length) {
            Ok(length) if length <= self.rest.len() => Ok(self.rest.split_to(length)),
            _ => Err(DecodeError::Truncated),
        }
    }

    /// A text that ends with a zero byte.
    pub(super) fn text(&mut self) -> Result<String, DecodeError> {
        let end = self.rest.iter().position(|byte| *byte == 0).ok_or(DecodeError::Truncated)?;
        let bytes = self.rest.split_to(end);
        self.rest.advance(1);
        String::from_utf8(bytes.to_vec()).map_err(|_| DecodeError::NotUtf8)
    }
}

fn truncated(_: TryGetError) -> DecodeError {
    DecodeError::Truncated
}
