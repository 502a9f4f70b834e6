//! Claims about who may join, and until when.

use std::time::Duration;

use serde_json::json;

use super::socket::Socket;
use super::{Live, contacts};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_join_without_a_session_sees_nothing_until_a_token_comes() {
    let live = Live::start().await;
    let mut socket = Socket::open(live.server.address, "2.0.0").await;
    let reply = socket.join("view", json!({ "postgres_changes": contacts("*") }), None).await;
    assert_eq!(
        (&reply["status"], reply["response"]["postgres_changes"].as_array().map(Vec::len)),
        (&json!("ok"), Some(1))
    );
    let refused = socket.event("system").await;
    assert_eq!(refused["status"], "error");
    assert!(refused["message"].as_str().unwrap().starts_with("Unable to subscribe to changes with given parameters."));
    live.contact(live.acme.id, "Unseen").await;
    assert_eq!(socket.all_within(Duration::from_millis(300)).await, []);
    let token = live.server.token_of(live.acme.member).await;
    socket.push("realtime:view", "access_token", json!({ "access_token": token })).await;
    assert_eq!(socket.event("system").await["message"], "Subscribed to PostgreSQL");
    live.contact(live.acme.id, "Seen").await;
    assert_eq!(socket.change().await["record"]["first_name"], "Seen");
    socket.push("realtime:view", "access_token", json!({ "access_token": "rapport" })).await;
    assert_eq!(socket.event("system").await["status"], "error");
    live.contact(live.acme.id, "Unseen").await;
    assert_eq!(socket.all_within(Duration::from_millis(300)).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ended_session_ends_its_channels() {
    let live = Live::start().await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("*")).await;
    let mut other = live.subscribed(live.acme.manager, "view", contacts("*")).await;
    live.sql(&format!("delete from auth.sessions where user_id = '{}'", live.acme.member)).await;
    let told = socket.event("system").await;
    assert_eq!((&told["status"], &told["message"]), (&json!("error"), &json!("The session has ended")));
    socket.event("phx_close").await;
    live.contact(live.acme.id, "Ann").await;
    assert_eq!(other.change().await["record"]["first_name"], "Ann", "others go on");
    assert_eq!(socket.all_within(Duration::from_millis(200)).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_membership_ends_the_channels() {
    let live = Live::start().await;
    let mut disabled = live.subscribed(live.acme.member, "view", contacts("*")).await;
    let mut removed = live.subscribed(live.acme.viewer, "view", contacts("*")).await;
    let mut promoted = live.subscribed(live.acme.manager, "view", contacts("*")).await;
    live.sql(&format!("update public.memberships set status = 'disabled' where user_id = '{}'", live.acme.member))
        .await;
    live.sql(&format!("delete from public.memberships where user_id = '{}'", live.acme.viewer)).await;
    live.sql(&format!("update public.memberships set role = 'admin' where user_id = '{}'", live.acme.manager)).await;
    disabled.event("phx_close").await;
    removed.event("phx_close").await;
    live.contact(live.acme.id, "Ann").await;
    assert_eq!(promoted.change().await["record"]["first_name"], "Ann");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_proves_nothing_is_refused_with_its_reason() {
    let live = Live::start().await;
    let mut socket = Socket::open(live.server.address, "2.0.0").await;
    let good = live.server.token_of(live.acme.member).await;
    let (said, signature) = good.rsplit_once('.').unwrap();
    let forged = format!("{said}.{}{}", if signature.starts_with('A') { 'B' } else { 'A' }, &signature[1..]);
    for (token, code) in [("a.b.c", "MalformedJWT"), (&*forged, "JwtSignatureError"), ("nonsense", "MalformedJWT")] {
        let reply = socket.join("view", json!({}), Some(token)).await;
        assert_eq!(reply["status"], "error", "{reply}");
        assert!(reply["response"]["reason"].as_str().unwrap().starts_with(code), "{reply}");
    }
    live.sql("delete from auth.sessions").await;
    let reply = socket.join("view", json!({}), Some(&good)).await;
    assert_eq!(reply["response"]["reason"], "InvalidJWTToken: The session has ended");
    let reply = socket.join("view", json!({ "private": true }), None).await;
    let reason = "Unauthorized: You do not have permissions to read from this Channel topic: view";
    assert_eq!(reply["response"]["reason"], reason);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_of_another_origin_opens_no_socket() {
    let live = Live::start().await;
    let address = live.server.address;
    let own = format!("http://{address}");
    for (origin, expected) in [(Some(own.as_str()), None), (None, None), (Some("https://evil.example"), Some(403))] {
        let opened = Socket::open_with(address, "2.0.0", "", origin).await;
        assert_eq!(opened.err(), expected, "{origin:?}");
    }
    assert_eq!(Socket::open_with(address, "9.0.0", "", None).await.err(), Some(400));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_conversation_follows_the_protocol() {
    let live = Live::start().await;
    for version in ["1.0.0", "2.0.0"] {
        let mut socket = Socket::open(live.server.address, version).await;
        assert_eq!(socket.ask("phoenix", "heartbeat", json!({})).await, json!({ "status": "ok", "response": {} }));
        socket.send(tokio_tungstenite::tungstenite::Message::Text("not a frame".into())).await;
        socket.send(tokio_tungstenite::tungstenite::Message::Binary(vec![9, 9].into())).await;
        let token = live.server.token_of(live.acme.member).await;
        let reply = socket.join("room", json!({}), Some(&token)).await;
        assert_eq!(reply, json!({ "status": "ok", "response": { "postgres_changes": [] } }));
        let first = socket.frame(|frame| frame.event != "phx_reply");
        let second = tokio::time::timeout(Duration::from_millis(200), first).await;
        assert!(second.is_err(), "nothing else is said to a channel that asked for nothing");
        socket.join("room", json!({}), Some(&token)).await;
        let closed = socket.frame(|frame| frame.event == "phx_close").await;
        assert_eq!(closed.join_ref, "2", "the older channel of a topic gives way");
        assert_eq!(socket.ask("realtime:room", "phx_leave", json!({})).await["status"], "ok");
        assert_eq!(socket.frame(|frame| frame.event == "phx_close").await.payload, json!({}));
        let reply = socket.join("", json!({}), Some(&token)).await;
        assert_eq!(reply["response"]["reason"], "TopicNameRequired: You must provide a topic name");
        let reply = socket.ask("realtime:room", "phx_join", json!({ "config": { "postgres_changes": 7 } })).await;
        assert!(reply["response"]["reason"].as_str().unwrap().starts_with("InvalidJoinPayload"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_published_is_said_and_the_channel_stays() {
    let live = Live::start().await;
    let mut socket = Socket::open(live.server.address, "2.0.0").await;
    let token = live.server.token_of(live.acme.owner).await;
    for wanted in [
        json!([{ "event": "*", "schema": "auth", "table": "sessions" }]),
        json!([{ "event": "*", "schema": "public", "table": "contacts", "filter": "salary=gt.1" }]),
        json!([{ "event": "*", "schema": "*", "table": "sessions" }]),
    ] {
        let reply = socket.join("view", json!({ "postgres_changes": wanted }), Some(&token)).await;
        assert_eq!(reply["status"], "ok");
        let told = socket.event("system").await;
        assert_eq!(told["status"], "error", "{told}");
    }
    let everything = json!([{ "event": "*", "schema": "*" }]);
    socket.join("all", json!({ "postgres_changes": everything }), Some(&token)).await;
    socket.event("system").await;
    live.server.token_of(live.acme.viewer).await;
    live.contact(live.acme.id, "Ann").await;
    assert_eq!(socket.change().await["table"], "contacts", "the new session before it was not told");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_ends_with_its_token_unless_a_fresh_one_comes() {
    let live = Live::start().await;
    let token = live.server.token_of(live.acme.member).await;
    let keys = &live.server.app.auth.keys;
    let now_s = server::clock::now().timestamp();
    let claims = keys.verify(&token, now_s).unwrap();
    let short = keys.sign(&server::auth::token::Claims { exp: now_s + 2, ..claims }).unwrap();
    let mut ending = Socket::open(live.server.address, "2.0.0").await;
    let mut renewed = Socket::open(live.server.address, "2.0.0").await;
    for socket in [&mut ending, &mut renewed] {
        socket.join("view", json!({ "postgres_changes": contacts("*") }), Some(&short)).await;
        socket.event("system").await;
    }
    renewed.push("realtime:view", "access_token", json!({ "access_token": token })).await;
    let told = ending.event("system").await;
    let message = told["message"].as_str().unwrap();
    assert!(message.starts_with("Token has expired "), "{message}");
    ending.event("phx_close").await;
    live.contact(live.acme.id, "Ann").await;
    assert_eq!(renewed.change().await["record"]["first_name"], "Ann");
    assert_eq!(ending.all_within(Duration::from_millis(200)).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn channels_move_along_to_another_workspace() {
    let live = Live::start().await;
    let globex = live.server.db.workspace("Globex").await.unwrap();
    let join = format!(
        "insert into public.memberships (workspace_id, user_id, role) values ('{}', '{}', 'member')",
        globex.id, live.acme.member
    );
    live.sql(&join).await;
    let mut socket = live.subscribed(live.acme.member, "view", contacts("*")).await;
    let token = live.server.token_of(live.acme.member).await;
    let choice = json!({ "workspace_id": globex.id });
    let request = live.server.request(reqwest::Method::PUT, "/api/session").json(&choice).bearer_auth(&token);
    assert_eq!(request.send().await.unwrap().status(), 200);
    assert_eq!(socket.event("system").await["message"], "Subscribed to PostgreSQL");
    live.contact(live.acme.id, "Before").await;
    live.contact(globex.id, "After").await;
    assert_eq!(socket.change().await["record"]["first_name"], "After");
}
