//! Claims about broken streams, stuck readers and limits.

use std::time::{Duration, Instant};

use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::socket::Socket;
use super::{Live, contacts, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_gap_everybody_is_told_and_the_stream_goes_on() {
    let live = Live::start().await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("*")).await;
    let mut gentle =
        Socket::open_with(live.server.address, "2.0.0", "&resync=message", None).await.unwrap_or_else(|_| panic!());
    let token = live.server.token_of(live.acme.member).await;
    gentle.join("view", json!({ "postgres_changes": contacts("*") }), Some(&token)).await;
    gentle.event("system").await;
    live.sql(
        "select pg_terminate_backend(active_pid) from pg_replication_slots
         where database = current_database() and active",
    )
    .await;
    until(|| !live.server.app.realtime.is_live()).await;
    live.contact(live.acme.id, "Missed").await;
    assert_eq!(socket.event("system").await["code"], "resync");
    socket.event("phx_error").await;
    assert_eq!(gentle.event("system").await["code"], "resync");
    until(|| live.server.app.realtime.is_live()).await;
    live.contact(live.acme.id, "Heard").await;
    let mut change = gentle.change().await;
    if change["record"]["first_name"] == "Missed" {
        change = gentle.change().await; // The stream was back before the row was written: no gap, no loss.
    }
    assert_eq!(change["record"]["first_name"], "Heard");
    let reply = socket.join("view", json!({ "postgres_changes": contacts("*") }), Some(&token)).await;
    assert_eq!(reply["status"], "ok");
    assert_eq!(socket.event("system").await["message"], "Subscribed to PostgreSQL");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reader_that_stops_reading_delays_nobody_and_is_closed() {
    let live = Live::start().await;
    let id = live.contact(live.acme.id, "Ann").await;
    let mut stuck = live.subscribed(live.acme.viewer, "view", contacts("UPDATE")).await;
    let mut reader = live.subscribed(live.acme.member, "view", contacts("UPDATE")).await;
    assert_eq!(live.server.app.realtime.sockets(), 2);
    let writer = live.server.db.client().await.unwrap();
    let mut slowest = Duration::ZERO;
    // More than what the operating system's buffers and the queue take.
    for n in 0..600 {
        let started = Instant::now();
        let text = format!("{n:>20000}");
        writer.execute("update public.contacts set description = $2 where id = $1", &[&id, &text]).await.unwrap();
        assert_eq!(reader.change().await["record"]["description"], text);
        slowest = slowest.max(started.elapsed());
    }
    assert!(slowest < Duration::from_secs(10), "{slowest:?}");
    until(|| live.server.app.realtime.sockets() == 1).await;
    // Who reads in time is told to come back later; who never reads cannot be told.
    assert!(matches!(stuck.closed().await, None | Some(1013)));
    live.sql("update public.contacts set first_name = 'Bob'").await;
    assert_eq!(reader.change().await["record"]["first_name"], "Bob");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_emptied_table_is_read_again() {
    let live = Live::start().await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("*")).await;
    live.sql("truncate public.tags").await;
    live.sql("truncate public.contacts cascade").await;
    assert_eq!(socket.event("system").await["code"], "resync");
    socket.event("phx_error").await;
    assert_eq!(socket.all_within(Duration::from_millis(100)).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_says_so() {
    let live = Live::start().await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("*")).await;
    live.server.app.realtime.signal(server::realtime::Signal::Shutdown);
    assert_eq!(socket.closed().await, Some(1012));
    until(|| live.server.app.realtime.sockets() == 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_frame_beyond_the_limit_ends_only_its_socket() {
    let live = Live::start().await;
    let mut socket = Socket::open(live.server.address, "2.0.0").await;
    let mut other = live.subscribed(live.acme.member, "view", contacts("*")).await;
    // The server may hang up before the last byte has left: then writing fails, and that is a close as well.
    let _broken_off = socket.try_send(Message::Text("x".repeat(2 << 20).into())).await;
    socket.closed().await;
    live.contact(live.acme.id, "Ann").await;
    assert_eq!(other.change().await["record"]["first_name"], "Ann");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_socket_has_a_bounded_number_of_channels() {
    let live = Live::start().await;
    let mut socket = Socket::open(live.server.address, "2.0.0").await;
    let token = live.server.token_of(live.acme.member).await;
    let mut refused = None;
    for n in 0..102 {
        let reply = socket.join(&format!("c{n}"), json!({}), Some(&token)).await;
        if reply["status"] == "error" {
            refused = Some((n, reply["response"]["reason"].as_str().unwrap().to_owned()));
            break;
        }
    }
    let (n, reason) = refused.unwrap();
    let too_many = "ChannelRateLimitReached: Too many channels";
    let too_fast = "ClientJoinRateLimitReached: Too many joins per second";
    assert!((n, reason.as_str()) == (100, too_many) || (n >= 100 && reason == too_fast), "{n}: {reason}");
}
