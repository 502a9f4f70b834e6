//! Claims about transactions put together.

use bytes::Bytes;

use super::*;

fn relation(oid: u32, name: &str) -> Message {
    let columns = vec![("id".to_owned(), 23, true)];
    Message::Relation(RelationMessage { oid, schema: "public".into(), name: name.into(), columns })
}

fn begin(xid: u32) -> Message {
    Message::Begin { commit_lsn: Lsn(10), commit_time_us: 0, xid }
}

fn commit() -> Message {
    Message::Commit { commit_lsn: Lsn(10), end_lsn: Lsn(11), commit_time_us: 5 }
}

fn insert(oid: u32, value: &str) -> Message {
    Message::Insert { oid, new: vec![Value::Text(Bytes::copy_from_slice(value.as_bytes()))] }
}

fn feed(assembler: &mut Assembler, messages: Vec<Message>) -> Option<Event> {
    messages.into_iter().fold(None, |last, message| assembler.take(message).unwrap().or(last))
}

#[test]
fn a_transaction_arrives_whole_at_its_commit() {
    let mut assembler = Assembler::new(Limits::default());
    let event = feed(&mut assembler, vec![begin(3), relation(1, "a"), insert(1, "x"), insert(1, "y"), commit()]);
    let Some(Event::Transaction(transaction)) = event else { panic!("no transaction") };
    assert_eq!((transaction.xid, transaction.changes.len()), (3, 2));
    assert_eq!((transaction.commit_lsn, transaction.end_lsn, transaction.commit_time_us), (Lsn(10), Lsn(11), 5));
    assert!(Arc::ptr_eq(&transaction.changes[0].columns, &transaction.changes[1].columns));
}

#[test]
fn a_transaction_without_changes_is_silent() {
    assert_eq!(feed(&mut Assembler::new(Limits::default()), vec![begin(3), commit()]), None);
}

#[test]
fn a_transaction_beyond_the_limits_names_only_its_tables() {
    for limits in [Limits { changes: 2, bytes: 1000 }, Limits { changes: 1000, bytes: 2 }] {
        let mut assembler = Assembler::new(limits);
        let mut messages = vec![begin(3), relation(1, "a"), relation(2, "b")];
        messages.extend((0..5).map(|_| insert(1, "x")));
        messages.extend([insert(2, "y"), commit()]);
        let Some(Event::Oversized(large)) = feed(&mut assembler, messages) else { panic!("held") };
        let tables: Vec<&str> = large.tables.iter().map(|name| name.table.as_ref()).collect();
        assert_eq!(tables, ["a", "b"]);
        let next = feed(&mut assembler, vec![begin(4), insert(1, "x"), commit()]);
        assert!(matches!(next, Some(Event::Transaction(_))), "the next transaction is held again");
    }
}

#[test]
fn a_change_out_of_place_is_an_error() {
    let mut assembler = Assembler::new(Limits::default());
    assert_eq!(assembler.take(commit()), Err(DecodeError::OutOfOrder));
    assert_eq!(assembler.take(insert(9, "x")), Err(DecodeError::UnknownRelation { oid: 9 }));
    assembler.take(relation(1, "a")).unwrap();
    assert_eq!(assembler.take(insert(1, "x")), Err(DecodeError::OutOfOrder));
    assembler.take(begin(1)).unwrap();
    let wide = Message::Insert { oid: 1, new: vec![Value::Null, Value::Null] };
    assert_eq!(assembler.take(wide), Err(DecodeError::ColumnCount { oid: 1, expected: 1, found: 2 }));
    assert_eq!(assembler.take(begin(2)), Err(DecodeError::OutOfOrder));
}
