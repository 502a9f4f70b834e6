//! A joined channel: its access, its subscription, its place among those who share the topic.
//!
//! In: access granted or withdrawn. Out: entries in the hub and in the topic's room.
//! Invariant: a channel without access receives nothing.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Message;
use live::{Binding, Reader, Ticket};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::super::access::{Access, Denied, still};
use super::super::frame::{Address, write_text};
use super::super::join::{BroadcastConfig, PresenceConfig};
use super::super::limits::{RECHECK_EVERY, RESYNC_EVERY};
use super::super::seat::Seat;
use super::super::topics::{Listening, Place};
use super::Socket;
use crate::clock;

/// How soon to ask again when the database gave no answer.
const ASK_AGAIN: Duration = Duration::from_secs(5);

/// A joined channel.
pub(super) struct Channel {
    pub(super) join_ref: Option<String>,
    pub(super) seat: Arc<Seat>,
    pub(super) broadcast: BroadcastConfig,
    pub(super) presence: PresenceConfig,
    /// What it waits for, or why it cannot; `None` when it asked for nothing.
    pub(super) wishes: Option<Result<Vec<Binding>, String>>,
    /// The wishes as messages show them.
    pub(super) parameters: String,
    pub(super) access: Option<Access>,
    pub(super) ticket: Option<Ticket>,
    pub(super) place: Option<Place>,
    pub(super) look_again_at: Instant,
    /// When it may next be told to read again.
    pub(super) resync_at: Instant,
}

impl Channel {
    /// The topic without `realtime:`.
    pub(super) fn name(&self) -> &str {
        self.seat.topic.strip_prefix("realtime:").unwrap_or(&self.seat.topic)
    }
}

impl Socket {
    /// Gives a channel access, after `answer` has been queued: subscription, room, and word of both.
    pub(super) fn admit(&mut self, topic: &Arc<str>, access: Access, answer: impl FnOnce()) {
        let Some(channel) = self.channels.get_mut(topic) else { return };
        channel.look_again_at = look_again_at(&access);
        let moved = channel.access.as_ref().is_none_or(|before| before.workspace_id != access.workspace_id);
        let workspace_id = access.workspace_id;
        channel.access = Some(access);
        if !moved {
            answer();
            return;
        }
        let realtime = &self.app.realtime;
        channel.ticket.take().into_iter().for_each(|ticket| realtime.stand_up(ticket));
        channel.place.take().into_iter().for_each(|place| realtime.topics.leave(place));
        let mut subscribed = None;
        match &channel.wishes {
            Some(Ok(bindings)) => {
                let reader = Reader { workspace_id: workspace_id.to_string().into() };
                channel.ticket = Some(realtime.sit(reader, bindings.clone(), channel.seat.clone(), answer));
                // While the change stream is down nobody can promise anything; its return calls for a resync.
                if realtime.is_live() {
                    subscribed = Some(("ok", "Subscribed to PostgreSQL".to_owned()));
                }
            }
            Some(Err(why)) => {
                answer();
                subscribed = Some(("error", refusal(why)));
            }
            None => answer(),
        }
        let listening = Listening { itself: channel.broadcast.own, presence: channel.presence.enabled };
        let place = realtime.topics.enter(workspace_id, &channel.seat.topic, &self.wire, listening);
        channel.place = Some(place);
        if let Some((status, message)) = subscribed {
            self.system(topic, "postgres_changes", status, &message);
        }
    }

    /// Takes a channel's access away and leaves it joined.
    pub(super) fn suspend(&mut self, topic: &Arc<str>) {
        let Some(channel) = self.channels.get_mut(topic) else { return };
        channel.access = None;
        let realtime = &self.app.realtime;
        channel.ticket.take().into_iter().for_each(|ticket| realtime.stand_up(ticket));
        channel.place.take().into_iter().for_each(|place| realtime.topics.leave(place));
        if channel.wishes.is_some() {
            let message = refusal(&format!("{}: a session is needed", channel.parameters));
            self.system(topic, "postgres_changes", "error", &message);
        }
    }

    /// Looks whether a channel may stay.
    pub(super) async fn recheck(&mut self, topic: &Arc<str>) {
        let Some(access) = self.channels.get(topic).and_then(|channel| channel.access.clone()) else { return };
        match still(&self.app, &access).await {
            Ok(access) => self.admit(topic, access, || {}),
            Err(Denied::Unavailable) => {
                if let Some(channel) = self.channels.get_mut(topic) {
                    channel.look_again_at = Instant::now() + ASK_AGAIN;
                }
            }
            Err(denied) => self.expel(topic, &denied),
        }
    }

    /// Ends a channel and says why.
    pub(super) fn expel(&mut self, topic: &Arc<str>, denied: &Denied) {
        let Some(name) = self.channels.get(topic).map(|channel| channel.name().to_owned()) else { return };
        let reason = denied.reason(&name);
        let message = reason.split_once(": ").map_or(&*reason, |(_, message)| message);
        self.system(topic, "system", "error", message);
        self.close_channel(topic, "phx_close");
    }

    /// Tells a channel that it has missed something.
    pub(super) fn resync(&mut self, topic: &Arc<str>) {
        let Some(channel) = self.channels.get_mut(topic) else { return };
        channel.seat.caught_up();
        channel.resync_at = Instant::now() + RESYNC_EVERY;
        let payload = json!({
            "extension": "postgres_changes", "status": "ok", "code": "resync", "channel": channel.name(),
            "message": "Changes may have been missed: read again",
        });
        self.push(topic, None, "system", &payload);
        if !self.resync_by_message {
            // Every official client joins again after an error, and its user reads again when it has.
            self.close_channel(topic, "phx_error");
        }
    }

    /// Removes a channel and says so with the given event.
    pub(super) fn close_channel(&mut self, topic: &Arc<str>, event: &str) {
        self.push(topic, None, event, &json!({}));
        self.remove(topic);
    }

    /// Removes a channel from everywhere.
    pub(super) fn remove(&mut self, topic: &Arc<str>) {
        let Some(mut channel) = self.channels.remove(topic) else { return };
        let realtime = &self.app.realtime;
        channel.ticket.take().into_iter().for_each(|ticket| realtime.stand_up(ticket));
        channel.place.take().into_iter().for_each(|place| realtime.topics.leave(place));
    }

    /// A `system` message.
    pub(super) fn system(&self, topic: &Arc<str>, extension: &str, status: &str, message: &str) {
        let Some(channel) = self.channels.get(topic) else { return };
        let payload = json!({
            "extension": extension, "status": status, "message": message, "channel": channel.name(),
        });
        self.push(topic, None, "system", &payload);
    }

    /// Queues a message on a channel.
    pub(super) fn push(&self, topic: &Arc<str>, reference: Option<&str>, event: &str, payload: &Value) {
        let join_ref = self.channels.get(topic).and_then(|channel| channel.join_ref.as_deref());
        let address = Address { join_ref, reference, topic, event };
        self.wire.send(Message::Text(write_text(self.wire.version, address, &[&payload.to_string()])));
    }
}

fn refusal(why: &str) -> String {
    format!(
        "Unable to subscribe to changes with given parameters. Please check Realtime is enabled for the given connect \
         parameters: {why}"
    )
}

/// At the end of the token, and every now and then before it.
fn look_again_at(access: &Access) -> Instant {
    let left = access.expires_s.saturating_sub(clock::now().timestamp());
    let left = Duration::from_secs(u64::try_from(left).unwrap_or(0));
    Instant::now() + left.min(RECHECK_EVERY)
}
