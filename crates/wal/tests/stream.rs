//! Claims about the stream, held against a real PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a failed step fails the test")]

use std::time::Duration;

use schema::{Op, Row, Transaction, Value};
use testdb::Database;
use tokio::time::timeout;
use tokio_postgres::Client;
use wal::{Event, Limits, Source, Stream};

struct Followed {
    stream: Stream,
    client: Client,
    _database: Database,
}

const LONGEST_SILENCE: Duration = Duration::from_secs(3);

async fn followed(limits: Limits) -> Followed {
    let database = Database::create_empty().await.unwrap();
    let client = database.client().await.unwrap();
    let tables = "create table plain (id int primary key, name text, body text);
        create table whole (id int primary key, name text, body text);
        alter table whole replica identity full;
        alter table whole alter body set storage external;
        create publication rapport for table plain, whole";
    client.batch_execute(tables).await.unwrap();
    let source = Source {
        host: database.socket_dir().display().to_string(),
        port: 5432,
        user: "postgres".to_owned(),
        password: String::new(),
        database: database.name().to_owned(),
        publication: "rapport".to_owned(),
        slot_prefix: format!("wal_{}", database.name()),
        longest_silence: LONGEST_SILENCE,
    };
    let mut stream = Stream::new(source, limits);
    assert!(matches!(next(&mut stream).await, Event::Started { .. }));
    Followed { stream, client, _database: database }
}

async fn next(stream: &mut Stream) -> Event {
    timeout(Duration::from_secs(30), stream.next()).await.unwrap()
}

impl Followed {
    /// Runs statements as one transaction and reads it back.
    async fn told(&mut self, sql: &str) -> Transaction {
        self.client.batch_execute(sql).await.unwrap();
        match next(&mut self.stream).await {
            Event::Transaction(transaction) => transaction,
            other => panic!("{other:?}"),
        }
    }
}

fn texts(row: &Row) -> Vec<Option<String>> {
    let text = |value: &Value| match value {
        Value::Text(text) => Some(String::from_utf8(text.to_vec()).unwrap()),
        Value::Null | Value::Unchanged => None,
    };
    row.values.iter().map(text).collect()
}

#[tokio::test]
async fn a_transaction_is_told_with_its_rows_in_order() {
    let mut followed = followed(Limits::default()).await;
    let xid = "select pg_current_xact_id()::xid::text";
    followed.client.batch_execute("begin").await.unwrap();
    let xid: String = followed.client.query_one(xid, &[]).await.unwrap().get(0);
    let transaction = followed
        .told("insert into plain values (1, 'Ann', null), (2, 'é\"\n', 'x'); delete from plain where id = 1; commit")
        .await;
    assert_eq!(transaction.xid.to_string(), xid);
    assert!(transaction.commit_lsn < transaction.end_lsn);
    let [first, second, third] = &transaction.changes[..] else { panic!("{transaction:?}") };
    assert_eq!((&*first.schema, &*first.table), ("public", "plain"));
    let names: Vec<&str> = first.columns.iter().map(|column| &*column.name).collect();
    assert_eq!(names, ["id", "name", "body"]);
    let Op::Insert { new } = &first.op else { panic!() };
    assert_eq!(texts(new), [Some("1".into()), Some("Ann".into()), None]);
    let Op::Insert { new } = &second.op else { panic!() };
    assert_eq!(texts(new)[1].as_deref(), Some("é\"\n"));
    let Op::Delete { old } = &third.op else { panic!() };
    assert_eq!(texts(old), [Some("1".into()), None, None], "only the key of a plain table");
    let truncated = followed.told("truncate plain, whole").await;
    assert!(truncated.changes.len() == 2 && truncated.changes.iter().all(|change| change.op == Op::Truncate));
}

#[tokio::test]
async fn a_large_value_left_alone_is_there_when_the_old_row_is_whole() {
    let mut followed = followed(Limits::default()).await;
    followed.told("insert into whole values (1, 'Ann', repeat('x', 100000))").await;
    let transaction = followed.told("update whole set name = 'Amy'").await;
    let Op::Update { old: Some(old), new } = &transaction.changes[0].op else { panic!() };
    assert_eq!((texts(old)[1].as_deref(), texts(new)[1].as_deref()), (Some("Ann"), Some("Amy")));
    assert_eq!(texts(new)[2].as_ref().map(String::len), Some(100_000));
}

#[tokio::test]
async fn a_changed_table_is_described_anew() {
    let mut followed = followed(Limits::default()).await;
    followed.told("insert into plain values (1)").await;
    followed.client.batch_execute("alter table plain add column age int").await.unwrap();
    let transaction = followed.told("insert into plain (id, age) values (2, 7)").await;
    let change = &transaction.changes[0];
    assert_eq!(change.columns.last().map(|column| (&*column.name, column.type_oid)), Some(("age", 23)));
    let Op::Insert { new } = &change.op else { panic!() };
    assert_eq!(texts(new)[3].as_deref(), Some("7"));
}

#[tokio::test]
async fn a_transaction_beyond_the_limits_is_told_by_its_tables() {
    let mut followed = followed(Limits { changes: 100, bytes: 1 << 20 }).await;
    let sql = "begin; insert into plain select n from generate_series(1, 200) n; insert into whole values (1); commit";
    followed.client.batch_execute(sql).await.unwrap();
    let Event::Oversized(large) = next(&mut followed.stream).await else { panic!() };
    let tables: Vec<&str> = large.tables.iter().map(|name| &*name.table).collect();
    assert_eq!(tables, ["plain", "whole"]);
    followed.told("insert into whole values (2)").await;
}

#[tokio::test]
async fn a_broken_connection_is_told_and_mended() {
    let mut followed = followed(Limits::default()).await;
    let kill = "select pg_terminate_backend(active_pid) from pg_replication_slots where database = current_database()";
    for _ in 0..2 {
        followed.client.batch_execute(kill).await.unwrap();
        assert!(matches!(next(&mut followed.stream).await, Event::Lost { .. }));
        assert!(matches!(next(&mut followed.stream).await, Event::Gap { .. }));
    }
    let transaction = followed.told("insert into plain values (1)").await;
    assert_eq!(transaction.changes.len(), 1);
}

#[tokio::test]
async fn an_idle_primary_is_not_taken_for_a_dead_one() {
    let mut followed = followed(Limits::default()).await;
    let silence = timeout(LONGEST_SILENCE * 4, followed.stream.next()).await;
    assert!(silence.is_err(), "{silence:?}");
    followed.told("insert into plain values (1)").await;
}

#[tokio::test]
async fn a_primary_that_hangs_is_noticed() {
    let mut followed = followed(Limits::default()).await;
    let sender = "select active_pid from pg_replication_slots where database = current_database()";
    let sender: i32 = followed.client.query_one(sender, &[]).await.unwrap().get(0);
    let signal = |name: &str| std::process::Command::new("kill").args([name, &sender.to_string()]).status().unwrap();
    assert!(signal("-STOP").success());
    let lost = next(&mut followed.stream).await;
    assert!(signal("-CONT").success());
    assert!(matches!(&lost, Event::Lost { reason } if reason.contains("silent")), "{lost:?}");
    assert!(matches!(next(&mut followed.stream).await, Event::Gap { .. }));
}

#[tokio::test]
async fn the_log_is_released_while_nothing_of_ours_changes() {
    let mut followed = followed(Limits::default()).await;
    followed
        .client
        .batch_execute("create table other (n int); insert into other select generate_series(1, 1000)")
        .await
        .unwrap();
    let caught_up =
        "select confirmed_flush_lsn >= $1::text::pg_lsn from pg_replication_slots where database = current_database()";
    let now: String = followed.client.query_one("select pg_current_wal_lsn()::text", &[]).await.unwrap().get(0);
    let reading = async {
        let event = followed.stream.next().await;
        panic!("{event:?}");
    };
    let waiting = async {
        for _ in 0..300 {
            if followed.client.query_one(caught_up, &[&now]).await.unwrap().get(0) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("the slot still holds the log");
    };
    tokio::select! {
        () = reading => {}
        () = waiting => {}
    }
}
