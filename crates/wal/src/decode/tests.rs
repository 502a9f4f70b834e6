//! Claims about single messages, whole and damaged.

use bytes::{BufMut, Bytes, BytesMut};
use proptest::prelude::*;
use schema::{Lsn, Value};

use super::*;

fn text(value: &str) -> Value {
    Value::Text(Bytes::copy_from_slice(value.as_bytes()))
}

fn put_text(out: &mut BytesMut, text: &str) {
    out.put_slice(text.as_bytes());
    out.put_u8(0);
}

fn put_tuple(out: &mut BytesMut, values: &[Value]) {
    out.put_u16(u16::try_from(values.len()).unwrap());
    for value in values {
        match value {
            Value::Null => out.put_u8(b'n'),
            Value::Unchanged => out.put_u8(b'u'),
            Value::Text(text) => {
                out.put_u8(b't');
                out.put_u32(u32::try_from(text.len()).unwrap());
                out.put_slice(text);
            }
        }
    }
}

/// Writes a message as the server does.
fn encode(message: &Message) -> Bytes {
    let mut out = BytesMut::new();
    match message {
        Message::Begin { commit_lsn, commit_time_us, xid } => {
            out.put_u8(b'B');
            out.put_u64(commit_lsn.0);
            out.put_i64(*commit_time_us);
            out.put_u32(*xid);
        }
        Message::Commit { commit_lsn, end_lsn, commit_time_us } => {
            out.put_slice(&[b'C', 0]);
            out.put_u64(commit_lsn.0);
            out.put_u64(end_lsn.0);
            out.put_i64(*commit_time_us);
        }
        Message::Relation(relation) => {
            out.put_u8(b'R');
            out.put_u32(relation.oid);
            put_text(&mut out, &relation.schema);
            put_text(&mut out, &relation.name);
            out.put_u8(b'f');
            out.put_u16(u16::try_from(relation.columns.len()).unwrap());
            for (name, type_oid, key) in &relation.columns {
                out.put_u8(u8::from(*key));
                put_text(&mut out, name);
                out.put_u32(*type_oid);
                out.put_i32(-1);
            }
        }
        Message::Insert { oid, new } => {
            out.put_u8(b'I');
            out.put_u32(*oid);
            out.put_u8(b'N');
            put_tuple(&mut out, new);
        }
        Message::Update { oid, old, new } => {
            out.put_u8(b'U');
            out.put_u32(*oid);
            if let Some(old) = old {
                out.put_u8(b'O');
                put_tuple(&mut out, old);
            }
            out.put_u8(b'N');
            put_tuple(&mut out, new);
        }
        Message::Delete { oid, old } => {
            out.put_u8(b'D');
            out.put_u32(*oid);
            out.put_u8(b'O');
            put_tuple(&mut out, old);
        }
        Message::Truncate { oids } => {
            out.put_u8(b'T');
            out.put_u32(u32::try_from(oids.len()).unwrap());
            out.put_u8(0);
            oids.iter().for_each(|oid| out.put_u32(*oid));
        }
        Message::Ignored => out.put_slice(b"O"),
    }
    out.freeze()
}

fn values() -> impl Strategy<Value = Tuple> {
    let value = prop_oneof![Just(Value::Null), ".{0,40}".prop_map(|value| text(&value))];
    prop::collection::vec(value, 0..8)
}

fn messages() -> impl Strategy<Value = Message> {
    prop_oneof![
        (any::<u64>(), any::<i64>(), any::<u32>()).prop_map(|(lsn, commit_time_us, xid)| Message::Begin {
            commit_lsn: Lsn(lsn),
            commit_time_us,
            xid
        }),
        (any::<u64>(), any::<u64>(), any::<i64>()).prop_map(|(lsn, end, commit_time_us)| Message::Commit {
            commit_lsn: Lsn(lsn),
            end_lsn: Lsn(end),
            commit_time_us
        }),
        (
            any::<u32>(),
            "[a-z]{1,8}",
            "[a-zé]{0,8}",
            prop::collection::vec(("[a-z]{1,8}", any::<u32>(), any::<bool>()), 0..6)
        )
            .prop_map(|(oid, schema, name, columns)| Message::Relation(RelationMessage {
                oid,
                schema,
                name,
                columns
            })),
        (any::<u32>(), values()).prop_map(|(oid, new)| Message::Insert { oid, new }),
        (any::<u32>(), prop::option::of(values()), values()).prop_map(|(oid, old, new)| Message::Update {
            oid,
            old,
            new
        }),
        (any::<u32>(), values()).prop_map(|(oid, old)| Message::Delete { oid, old }),
        prop::collection::vec(any::<u32>(), 0..6).prop_map(|oids| Message::Truncate { oids }),
    ]
}

proptest! {
    #[test]
    fn any_bytes_give_a_message_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = decode(Bytes::from(bytes));
    }

    #[test]
    fn a_message_reads_as_it_was_written(message in messages()) {
        prop_assert_eq!(decode(encode(&message)), Ok(message));
    }

    #[test]
    fn a_damaged_message_never_panics(message in messages(), at in any::<prop::sample::Index>(), byte: u8, cut in any::<prop::sample::Index>()) {
        let mut bytes = encode(&message).to_vec();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes.truncate(cut.index(bytes.len()) + 1);
        let _ = decode(Bytes::from(bytes));
    }
}

#[test]
fn a_value_left_alone_comes_from_the_whole_old_row() {
    let old = vec![text("1"), text("long"), Value::Null];
    let new = vec![text("2"), Value::Unchanged, text("x")];
    let decoded = decode(encode(&Message::Update { oid: 7, old: Some(old.clone()), new })).unwrap();
    let filled = vec![text("2"), text("long"), text("x")];
    assert_eq!(decoded, Message::Update { oid: 7, old: Some(old), new: filled });
}

#[test]
fn an_old_key_does_not_stand_in_for_a_value_left_alone() {
    let mut bytes = BytesMut::new();
    bytes.put_slice(b"U\0\0\0\x07K");
    put_tuple(&mut bytes, &[text("1"), Value::Null]);
    bytes.put_u8(b'N');
    put_tuple(&mut bytes, &[text("2"), Value::Unchanged]);
    let Message::Update { new, .. } = decode(bytes.freeze()).unwrap() else { unreachable!("an update") };
    assert_eq!(new, [text("2"), Value::Unchanged]);
}
