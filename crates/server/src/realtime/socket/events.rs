//! What each event of a client does.
//!
//! In: a frame. Out: its answer.
//! Invariant: a push that carries a ref gets a reply with that ref, unless the dialect says otherwise.

use std::sync::Arc;

use axum::extract::ws::Message;
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use tokio::time::Instant;

use super::super::access::{Denied, authorise};
use super::super::frame::{Address, Body, Incoming, Payload, write_text};
use super::super::join::{Config, Join, Wanted, bindings, echo, ids};
use super::super::limits::{MAX_CHANNELS, MAX_TOPIC_BYTES, RECHECK_EVERY};
use super::super::seat::Seat;
use super::Socket;
use super::channel::Channel;
use crate::entropy;

#[derive(Deserialize)]
struct Token {
    access_token: Option<String>,
}

#[derive(Deserialize)]
struct Broadcast {
    event: String,
    payload: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Presence {
    event: String,
    payload: Option<Value>,
}

impl Socket {
    /// Does what a frame asks for.
    pub(super) async fn dispatch(&mut self, incoming: Incoming) {
        let now = Instant::now().into_std();
        if incoming.topic == "phoenix" {
            if incoming.event == "heartbeat" {
                self.reply(&incoming, "ok", &json!({}));
            }
            return;
        }
        if incoming.event == "phx_join" {
            if self.joins.take(now) {
                self.join(incoming).await;
            } else {
                self.refuse(&incoming, "ClientJoinRateLimitReached: Too many joins per second");
            }
            return;
        }
        let Some(topic) = self.channels.get_key_value(&*incoming.topic).map(|(topic, _)| topic.clone()) else {
            if incoming.event == "phx_leave" {
                self.reply(&incoming, "ok", &json!({}));
            } else if incoming.reference.is_some() && incoming.event != "access_token" {
                self.refuse(&incoming, "unmatched topic");
            }
            return;
        };
        if !self.messages.take(now) {
            self.system(&topic, "system", "error", "Too many messages per second");
            self.close_channel(&topic, "phx_close");
            return;
        }
        match incoming.event.as_str() {
            "phx_leave" => {
                self.reply(&incoming, "ok", &json!({}));
                self.close_channel(&topic, "phx_close");
            }
            "access_token" => self.renew(&topic, &incoming).await,
            "broadcast" => self.broadcast(&topic, &incoming),
            "presence" => self.presence(&topic, &incoming),
            _ => {}
        }
    }

    async fn join(&mut self, incoming: Incoming) {
        let name = incoming.topic.strip_prefix("realtime:").unwrap_or_default().to_owned();
        if name.is_empty() || name.len() > MAX_TOPIC_BYTES {
            return self.refuse(&incoming, "TopicNameRequired: You must provide a topic name");
        }
        let parsed = match &incoming.payload {
            Payload::Json(payload) => serde_json::from_str::<Join>(payload.get()).ok(),
            Payload::Broadcast { .. } => None,
        };
        let Some(Join { config, access_token }) = parsed else {
            return self.refuse(&incoming, "InvalidJoinPayload: The payload of the join cannot be read");
        };
        if self.channels.len() >= MAX_CHANNELS && !self.channels.contains_key(&*incoming.topic) {
            return self.refuse(&incoming, "ChannelRateLimitReached: Too many channels");
        }
        let access = match authorise(&self.app, access_token.as_deref(), &self.apikey).await {
            Ok(access) => Some(access),
            Err(Denied::Anonymous | Denied::NoWorkspace) if !config.private => None,
            Err(denied) => return self.refuse(&incoming, &denied.reason(&name)),
        };
        let wanted = config.postgres_changes.clone();
        let ids = ids(&wanted);
        let topic = self.open(&incoming, config, &ids);
        let response = json!({ "postgres_changes": echo(&wanted, &ids) });
        let answer = self.reply_frame(&incoming, "ok", &response);
        let wire = self.wire.clone();
        match access {
            Some(access) => self.admit(&topic, access, || wire.send(answer)),
            None => {
                wire.send(answer);
                self.suspend(&topic);
            }
        }
    }

    /// Puts a new channel in place of an older one of the same topic.
    fn open(&mut self, incoming: &Incoming, config: Config, ids: &[u64]) -> Arc<str> {
        let topic: Arc<str> = incoming.topic.as_str().into();
        if self.channels.contains_key(&topic) {
            self.close_channel(&topic, "phx_close");
        }
        let wanted = &config.postgres_changes;
        let mut presence = config.presence;
        if presence.key.is_empty() {
            presence.key = entropy::uuid_v7().to_string();
        }
        let channel = Channel {
            join_ref: incoming.join_ref.clone().or_else(|| incoming.reference.clone()),
            seat: Arc::new(Seat::new(self.wire.clone(), topic.clone())),
            broadcast: config.broadcast,
            presence,
            wishes: (!wanted.is_empty()).then(|| bindings(&self.app.catalog(), wanted, ids)),
            parameters: wanted.iter().map(Wanted::parameters).collect::<Vec<_>>().join(", "),
            access: None,
            ticket: None,
            place: None,
            look_again_at: Instant::now() + RECHECK_EVERY,
            resync_at: Instant::now(),
        };
        self.channels.insert(topic.clone(), channel);
        topic
    }

    /// A new token: the session was refreshed, somebody signed in, or out.
    async fn renew(&mut self, topic: &Arc<str>, incoming: &Incoming) {
        let Payload::Json(payload) = &incoming.payload else { return };
        let Ok(Token { access_token }) = serde_json::from_str(payload.get()) else { return };
        match authorise(&self.app, access_token.as_deref(), &self.apikey).await {
            Ok(access) => self.admit(topic, access, || {}),
            Err(Denied::Anonymous) => self.suspend(topic),
            // The access it has goes on until its own end.
            Err(Denied::Unavailable) => {}
            Err(denied) => self.expel(topic, &denied),
        }
    }

    fn broadcast(&mut self, topic: &Arc<str>, incoming: &Incoming) {
        let message = match &incoming.payload {
            Payload::Broadcast { event, body } => Some((event.clone(), body.clone())),
            Payload::Json(payload) => serde_json::from_str::<Broadcast>(payload.get())
                .ok()
                .map(|message| (message.event, Body::Json(message.payload.unwrap_or_default()))),
        };
        let Some((event, body)) = message else { return };
        let Some(channel) = self.channels.get(topic) else { return };
        if let Some(place) = &channel.place {
            self.app.realtime.topics.broadcast(place, &event, &body);
        }
        if channel.broadcast.ack {
            self.reply(incoming, "ok", &json!({}));
        }
    }

    fn presence(&mut self, topic: &Arc<str>, incoming: &Incoming) {
        let Payload::Json(payload) = &incoming.payload else { return };
        let Ok(Presence { event, payload }) = serde_json::from_str(payload.get()) else { return };
        let Some(channel) = self.channels.get(topic) else { return };
        let Some(place) = &channel.place else { return self.refuse(incoming, "Unauthorized: a session is needed") };
        let topics = &self.app.realtime.topics;
        match (event.as_str(), payload) {
            ("track", Some(Value::Object(about))) => topics.track(place, &channel.presence.key, about),
            ("track", None) => topics.track(place, &channel.presence.key, Map::new()),
            ("track", Some(_)) => return self.refuse(incoming, "Presence track payload must be a map"),
            ("untrack", _) => topics.untrack(place),
            _ => {}
        }
        self.reply(incoming, "ok", &json!({}));
    }

    fn refuse(&self, incoming: &Incoming, reason: &str) {
        self.reply(incoming, "error", &json!({ "reason": reason }));
    }

    fn reply(&self, incoming: &Incoming, status: &str, response: &Value) {
        if incoming.reference.is_some() {
            self.wire.send(self.reply_frame(incoming, status, response));
        }
    }

    fn reply_frame(&self, incoming: &Incoming, status: &str, response: &Value) -> Message {
        let address = Address {
            join_ref: incoming.join_ref.as_deref(),
            reference: incoming.reference.as_deref(),
            topic: &incoming.topic,
            event: "phx_reply",
        };
        let payload = json!({ "status": status, "response": response }).to_string();
        Message::Text(write_text(self.wire.version, address, &[&payload]))
    }
}
