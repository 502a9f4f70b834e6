//! Claims about broadcasts and presence.

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::Message;

use super::Live;
use super::socket::Socket;

async fn in_room(live: &Live, user_id: uuid::Uuid, version: &'static str, config: Value) -> Socket {
    let mut socket = Socket::open(live.server.address, version).await;
    let token = live.server.token_of(user_id).await;
    assert_eq!(socket.join("room", config, Some(&token)).await["status"], "ok");
    socket
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broadcast_stays_within_its_workspace() {
    let live = Live::start().await;
    let globex = live.server.db.workspace("Globex").await.unwrap();
    let mut ann = in_room(&live, live.acme.member, "2.0.0", json!({ "broadcast": { "ack": true } })).await;
    let mut bob = in_room(&live, live.acme.owner, "1.0.0", json!({})).await;
    let mut eve = in_room(&live, globex.owner, "2.0.0", json!({})).await;
    let mut nobody = Socket::open(live.server.address, "2.0.0").await;
    nobody.join("room", json!({}), None).await;

    let message = json!({ "type": "broadcast", "event": "cur", "payload": { "x": 1 } });
    assert_eq!(ann.ask("realtime:room", "broadcast", message.clone()).await["status"], "ok");
    assert_eq!(bob.event("broadcast").await, message);
    let mut frame = vec![3, 0, 2, 13, 3, 0, 1];
    frame.extend_from_slice(b"99realtime:roombin{\"y\":2}");
    ann.send(Message::Binary(frame.into())).await;
    assert_eq!(bob.event("broadcast").await, json!({ "type": "broadcast", "event": "bin", "payload": { "y": 2 } }));

    let token = live.server.token_of(live.acme.manager).await;
    let body = json!({ "messages": [{ "topic": "room", "event": "http", "payload": { "z": 3 }, "private": false }] });
    let answer = live.server.post("/realtime/v1/api/broadcast", &body).bearer_auth(&token).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    assert_eq!(bob.event("broadcast").await["event"], "http");
    let path = "/realtime/v1/api/broadcast/room/events/one?private=true";
    let answer = live.server.post(path, &json!({ "w": 4 })).bearer_auth(&token).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::ACCEPTED);
    assert_eq!(bob.event("broadcast").await["payload"], json!({ "w": 4 }));
    let answer = live.server.post("/realtime/v1/api/broadcast", &body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);

    for socket in [&mut eve, &mut nobody] {
        assert_eq!(socket.all_within(Duration::from_millis(100)).await, []);
    }
    let own = ann.all_within(Duration::from_millis(100)).await;
    assert!(own.iter().all(|frame| frame.payload["event"] != "cur"), "its sender does not hear it: {own:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn presence_tells_who_comes_and_goes() {
    let live = Live::start().await;
    let globex = live.server.db.workspace("Globex").await.unwrap();
    let watching = json!({ "presence": { "enabled": true, "key": "bob" } });
    let mut bob = in_room(&live, live.acme.owner, "2.0.0", watching.clone()).await;
    let mut eve = in_room(&live, globex.owner, "2.0.0", watching).await;
    assert_eq!(bob.event("presence_state").await, json!({}));
    assert_eq!(eve.event("presence_state").await, json!({}));
    let mut ann = in_room(&live, live.acme.member, "2.0.0", json!({ "presence": { "key": "ann" } })).await;
    let track = json!({ "type": "presence", "event": "track", "payload": { "page": "board" } });
    assert_eq!(ann.ask("realtime:room", "presence", track).await["status"], "ok");
    let diff = bob.event("presence_diff").await;
    assert_eq!(diff["joins"]["ann"]["metas"][0]["page"], "board");
    drop(ann);
    let diff = bob.event("presence_diff").await;
    assert_eq!(diff["leaves"]["ann"]["metas"][0]["page"], "board");
    assert_eq!(eve.all_within(Duration::from_millis(100)).await, []);
    let reply = bob.ask("realtime:room", "presence", json!({ "event": "track", "payload": [1] })).await;
    assert_eq!(reply["response"]["reason"], "Presence track payload must be a map");
}
