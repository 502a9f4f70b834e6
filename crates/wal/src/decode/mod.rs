//! Reads one pgoutput message (protocol version 1, text tuples).
//!
//! In: the bytes of one message. Out: a [`Message`] whose values share those bytes.
//! Invariant: total: any input gives a message or an error, never a panic, and allocates no more than the input's size.

mod reader;
#[cfg(test)]
mod tests;

use bytes::Bytes;
use schema::{Lsn, Value};

use reader::Reader;

/// A message that does not follow the protocol.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// The bytes end inside a field.
    #[error("a replication message ends early")]
    Truncated,
    /// A tag that the protocol does not have at this place.
    #[error("unknown tag {tag:#04x} in a replication message")]
    UnknownTag {
        /// The byte found.
        tag: u8,
    },
    /// A name that is not UTF-8.
    #[error("a name in a replication message is not UTF-8")]
    NotUtf8,
    /// A change to a relation that was never described.
    #[error("a change names relation {oid}, which was not described")]
    UnknownRelation {
        /// The relation's oid.
        oid: u32,
    },
    /// A row with another number of columns than its relation.
    #[error("a row of relation {oid} has {found} columns instead of {expected}")]
    ColumnCount {
        /// The relation's oid.
        oid: u32,
        /// Columns of the relation.
        expected: usize,
        /// Columns of the row.
        found: usize,
    },
    /// A change outside of a transaction, or a transaction inside another.
    #[error("a replication message is out of order")]
    OutOfOrder,
}

/// The values of one row.
pub type Tuple = Vec<Value>;

/// A relation as the stream describes it before its first change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelationMessage {
    /// Its oid.
    pub oid: u32,
    /// Its schema.
    pub schema: String,
    /// Its name.
    pub name: String,
    /// Its columns: name, type oid, part of the replica identity.
    pub columns: Vec<(String, u32, bool)>,
}

/// One message of the stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// A transaction begins.
    Begin {
        /// Where its commit record starts.
        commit_lsn: Lsn,
        /// Commit time, microseconds since 2000-01-01 UTC.
        commit_time_us: i64,
        /// Its 32-bit id.
        xid: u32,
    },
    /// The transaction is complete.
    Commit {
        /// Where its commit record starts.
        commit_lsn: Lsn,
        /// Where the log continues.
        end_lsn: Lsn,
        /// Commit time, microseconds since 2000-01-01 UTC.
        commit_time_us: i64,
    },
    /// A relation's description.
    Relation(RelationMessage),
    /// A new row.
    Insert {
        /// The relation.
        oid: u32,
        /// The row.
        new: Tuple,
    },
    /// A changed row.
    Update {
        /// The relation.
        oid: u32,
        /// The row before, or its key; absent when the identity did not change.
        old: Option<Tuple>,
        /// The row after.
        new: Tuple,
    },
    /// A removed row.
    Delete {
        /// The relation.
        oid: u32,
        /// The row before, or its key.
        old: Tuple,
    },
    /// Emptied relations.
    Truncate {
        /// The relations.
        oids: Vec<u32>,
    },
    /// Origin, Type and Message: of no interest here.
    Ignored,
}

/// Reads one message.
pub fn decode(bytes: Bytes) -> Result<Message, DecodeError> {
    let mut reader = Reader::new(bytes);
    match reader.u8()? {
        b'B' => {
            Ok(Message::Begin { commit_lsn: Lsn(reader.u64()?), commit_time_us: reader.i64()?, xid: reader.u32()? })
        }
        b'C' => {
            let _flags = reader.u8()?;
            Ok(Message::Commit {
                commit_lsn: Lsn(reader.u64()?),
                end_lsn: Lsn(reader.u64()?),
                commit_time_us: reader.i64()?,
            })
        }
        b'R' => Ok(Message::Relation(relation(&mut reader)?)),
        b'I' => {
            let oid = reader.u32()?;
            expect_tag(&mut reader, b'N')?;
            Ok(Message::Insert { oid, new: tuple(&mut reader)? })
        }
        b'U' => update(&mut reader),
        b'D' => {
            let oid = reader.u32()?;
            match reader.u8()? {
                b'K' | b'O' => Ok(Message::Delete { oid, old: tuple(&mut reader)? }),
                tag => Err(DecodeError::UnknownTag { tag }),
            }
        }
        b'T' => {
            let count = reader.u32()?;
            let _options = reader.u8()?;
            let oids = (0..count).map(|_| reader.u32()).collect::<Result<_, _>>()?;
            Ok(Message::Truncate { oids })
        }
        b'O' | b'Y' | b'M' => Ok(Message::Ignored),
        tag => Err(DecodeError::UnknownTag { tag }),
    }
}

fn expect_tag(reader: &mut Reader, wanted: u8) -> Result<(), DecodeError> {
    match reader.u8()? {
        tag if tag == wanted => Ok(()),
        tag => Err(DecodeError::UnknownTag { tag }),
    }
}

fn relation(reader: &mut Reader) -> Result<RelationMessage, DecodeError> {
    let oid = reader.u32()?;
    let schema = match reader.text()? {
        // The stream writes pg_catalog as an empty name.
        name if name.is_empty() => "pg_catalog".to_owned(),
        name => name,
    };
    let name = reader.text()?;
    let _identity = reader.u8()?;
    let count = reader.u16()?;
    let columns = (0..count)
        .map(|_| {
            let key = reader.u8()? & 1 == 1;
            let name = reader.text()?;
            let type_oid = reader.u32()?;
            let _modifier = reader.u32()?;
            Ok((name, type_oid, key))
        })
        .collect::<Result<_, _>>()?;
    Ok(RelationMessage { oid, schema, name, columns })
}

fn update(reader: &mut Reader) -> Result<Message, DecodeError> {
    let oid = reader.u32()?;
    let (old, whole) = match reader.u8()? {
        b'N' => return Ok(Message::Update { oid, old: None, new: tuple(reader)? }),
        b'K' => (tuple(reader)?, false),
        b'O' => (tuple(reader)?, true),
        tag => return Err(DecodeError::UnknownTag { tag }),
    };
    expect_tag(reader, b'N')?;
    let mut new = tuple(reader)?;
    if whole {
        // A large value that the update left alone is not repeated; the whole old row has it.
        for (value, before) in new.iter_mut().zip(&old) {
            if *value == Value::Unchanged {
                *value = before.clone();
            }
        }
    }
    Ok(Message::Update { oid, old: Some(old), new })
}

fn tuple(reader: &mut Reader) -> Result<Tuple, DecodeError> {
    let count = reader.u16()?;
    (0..count)
        .map(|_| match reader.u8()? {
            b'n' => Ok(Value::Null),
            b'u' => Ok(Value::Unchanged),
            b't' => {
                let length = reader.u32()?;
                Ok(Value::Text(reader.take(length)?))
            }
            tag => Err(DecodeError::UnknownTag { tag }),
        })
        .collect()
}
