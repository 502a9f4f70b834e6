//! Who shares a topic, for broadcasts and presence.
//!
//! In: members that come and go, what they send. Out: frames to the other members.
//! Invariant: a room belongs to one workspace and one name: two workspaces never share it, whatever the name.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::ws::Message;
use uuid::Uuid;

use super::frame::{Address, Body, Version, write_binary, write_text};
use super::presence::Presences;
use super::wire::Wire;

/// All rooms.
#[derive(Debug, Default)]
pub(super) struct Topics {
    rooms: Mutex<HashMap<RoomKey, Room>>,
    next: AtomicU64,
}

type RoomKey = (Uuid, Arc<str>);

#[derive(Debug, Default)]
struct Room {
    members: Vec<Member>,
    presences: Presences,
}

#[derive(Debug)]
struct Member {
    id: u64,
    wire: Arc<Wire>,
    hears_itself: bool,
    hears_presence: bool,
}

/// A member's place in a room.
#[derive(Debug)]
pub(super) struct Place {
    room: RoomKey,
    id: u64,
}

/// How a member listens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Listening {
    /// Own broadcasts, too.
    pub(super) itself: bool,
    /// Who comes and goes.
    pub(super) presence: bool,
}

impl Topics {
    /// Enters the room of a workspace.
    pub(super) fn enter(&self, workspace_id: Uuid, topic: &Arc<str>, wire: &Arc<Wire>, listening: Listening) -> Place {
        let id = self.next.fetch_add(1, Ordering::Relaxed) + 1;
        let room = (workspace_id, topic.clone());
        let member =
            Member { id, wire: wire.clone(), hears_itself: listening.itself, hears_presence: listening.presence };
        let mut rooms = self.rooms();
        let entered = rooms.entry(room.clone()).or_default();
        if listening.presence {
            member.send(topic, "presence_state", &entered.presences.state());
        }
        entered.members.push(member);
        Place { room, id }
    }

    /// Leaves the room; the others hear that the member is no longer present.
    pub(super) fn leave(&self, place: Place) {
        let mut rooms = self.rooms();
        let Some(room) = rooms.get_mut(&place.room) else { return };
        room.members.retain(|member| member.id != place.id);
        if let Some(diff) = room.presences.leave(place.id) {
            room.tell_presence(&place.room.1, &diff);
        }
        if room.members.is_empty() {
            rooms.remove(&place.room);
        }
    }

    /// Makes the member present under a key, with what it says about itself.
    pub(super) fn track(&self, place: &Place, key: &str, about: serde_json::Map<String, serde_json::Value>) {
        let reference = format!("F{:x}", self.next.fetch_add(1, Ordering::Relaxed) + 1);
        let mut rooms = self.rooms();
        let Some(room) = rooms.get_mut(&place.room) else { return };
        if let Some(member) = room.members.iter_mut().find(|member| member.id == place.id) {
            member.hears_presence = true;
        }
        let diff = room.presences.track(place.id, key, reference, about);
        room.tell_presence(&place.room.1, &diff);
    }

    /// Makes the member absent.
    pub(super) fn untrack(&self, place: &Place) {
        let mut rooms = self.rooms();
        let Some(room) = rooms.get_mut(&place.room) else { return };
        if let Some(diff) = room.presences.leave(place.id) {
            room.tell_presence(&place.room.1, &diff);
        }
    }

    /// Sends a member's message to the others.
    pub(super) fn broadcast(&self, place: &Place, event: &str, body: &Body) {
        let rooms = self.rooms();
        if let Some(room) = rooms.get(&place.room) {
            room.broadcast(&place.room.1, Some(place.id), event, body);
        }
    }

    /// Sends a message from outside the room, by name without `realtime:`.
    pub(super) fn broadcast_to(&self, workspace_id: Uuid, name: &str, event: &str, body: &Body) {
        let topic: Arc<str> = format!("realtime:{name}").into();
        let rooms = self.rooms();
        if let Some(room) = rooms.get(&(workspace_id, topic.clone())) {
            room.broadcast(&topic, None, event, body);
        }
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<RoomKey, Room>> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Room {
    fn broadcast(&self, topic: &str, from: Option<u64>, event: &str, body: &Body) {
        let mut written: Vec<(Version, Message)> = Vec::new();
        for member in &self.members {
            if Some(member.id) == from && !member.hears_itself {
                continue;
            }
            let version = member.wire.version;
            let known = written.iter().find(|(known, _)| *known == version).map(|(_, frame)| frame.clone());
            let Some(frame) = known.or_else(|| broadcast_frame(version, topic, event, body)) else { continue };
            if written.iter().all(|(known, _)| *known != version) {
                written.push((version, frame.clone()));
            }
            member.wire.offer(frame);
        }
    }

    fn tell_presence(&self, topic: &str, diff: &str) {
        for member in self.members.iter().filter(|member| member.hears_presence) {
            member.send(topic, "presence_diff", diff);
        }
    }
}

impl Member {
    fn send(&self, topic: &str, event: &str, payload: &str) {
        let address = Address { join_ref: None, reference: None, topic, event };
        self.wire.offer(Message::Text(write_text(self.wire.version, address, &[payload])));
    }
}

/// Raw bytes need the binary form, which version 1.0.0 does not have.
fn broadcast_frame(version: Version, topic: &str, event: &str, body: &Body) -> Option<Message> {
    match (body, version) {
        (Body::Json(json), _) => {
            let address = Address { join_ref: None, reference: None, topic, event: "broadcast" };
            let event = serde_json::Value::from(event).to_string();
            let payload = ["{\"type\":\"broadcast\",\"event\":", &event, ",\"payload\":", json.get(), "}"];
            Some(Message::Text(write_text(version, address, &payload)))
        }
        (Body::Raw(bytes), Version::Two) => Some(Message::Binary(write_binary(topic, event, bytes)?)),
        (Body::Raw(_), Version::One) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::wire::Batch;
    use super::*;

    const NEITHER: Listening = Listening { itself: false, presence: false };

    fn wire() -> Arc<Wire> {
        Arc::new(Wire::new(Version::Two))
    }

    fn body() -> Body {
        Body::Json(serde_json::from_str("{\"x\":1}").unwrap())
    }

    async fn received(wire: &Wire) -> Vec<String> {
        wire.close(1000, "end");
        match wire.next().await {
            Batch::Frames(frames, _) => frames.iter().map(|frame| frame.to_text().unwrap().to_owned()).collect(),
            Batch::Close(_) => Vec::new(),
        }
    }

    #[tokio::test]
    async fn a_broadcast_reaches_the_others_of_its_workspace_only() {
        let topics = Topics::default();
        let topic: Arc<str> = "realtime:room".into();
        let (ours, theirs) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let wires = [wire(), wire(), wire(), wire()];
        let ann = topics.enter(ours, &topic, &wires[0], NEITHER);
        let _bob = topics.enter(ours, &topic, &wires[1], NEITHER);
        let eve = topics.enter(theirs, &topic, &wires[2], NEITHER);
        let echo = topics.enter(theirs, &topic, &wires[3], Listening { itself: true, presence: false });
        topics.broadcast(&ann, "cur", &body());
        topics.broadcast_to(ours, "room", "http", &body());
        topics.broadcast(&echo, "self", &body());
        topics.leave(eve);
        let frame = |event: &str| {
            format!(
                r#"[null,null,"realtime:room","broadcast",{{"type":"broadcast","event":"{event}","payload":{{"x":1}}}}]"#
            )
        };
        assert_eq!(received(&wires[0]).await, [frame("http")]);
        assert_eq!(received(&wires[1]).await, [frame("cur"), frame("http")]);
        assert_eq!(received(&wires[2]).await, [frame("self")]);
        assert_eq!(received(&wires[3]).await, [frame("self")]);
    }

    #[tokio::test]
    async fn presence_is_told_from_the_first_state_to_the_last_leave() {
        let topics = Topics::default();
        let topic: Arc<str> = "realtime:room".into();
        let (listener, other) = (wire(), wire());
        let presence = Listening { itself: false, presence: true };
        let _listening = topics.enter(Uuid::from_u128(1), &topic, &listener, presence);
        let place = topics.enter(Uuid::from_u128(1), &topic, &other, NEITHER);
        let about = |name: &str| serde_json::json!({ "user": name }).as_object().cloned().unwrap();
        topics.track(&place, "k", about("ann"));
        topics.track(&place, "k", about("amy"));
        topics.leave(place);
        let frames: Vec<serde_json::Value> =
            received(&listener).await.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
        assert_eq!(frames[0][4], serde_json::json!({}));
        assert_eq!(frames[1][4]["joins"]["k"]["metas"][0]["user"], "ann");
        assert_eq!(frames[1][4]["leaves"], serde_json::json!({}));
        assert_eq!(frames[2][4]["joins"]["k"]["metas"][0]["user"], "amy");
        assert_eq!(frames[2][4]["leaves"]["k"]["metas"][0], frames[1][4]["joins"]["k"]["metas"][0]);
        assert_eq!(frames[3][4]["leaves"]["k"]["metas"][0]["user"], "amy");
    }
}
