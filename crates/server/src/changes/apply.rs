//! What a released change does, memory before sockets: whom we wake must not be answered from what was.
//!
//! In: events of the stream, visible by now. Out: forgotten sessions, woken sockets, deliveries.
//! Invariant: evict before publish.

use std::sync::Arc;

use schema::{Change, Op, Row, Transaction, Value};
use uuid::Uuid;
use wal::{Event, Oversized};

use crate::app::App;
use crate::realtime::Signal;

/// Applies one event.
pub(super) fn apply(app: &App, event: &Event) {
    match event {
        Event::Started { at } => {
            tracing::info!(%at, "the change stream is live");
            app.realtime.set_live(true);
            // What happened before the stream began was heard of by nobody.
            after_a_gap(app);
        }
        Event::Lost { reason } => {
            tracing::warn!(reason, "the change stream broke");
            app.realtime.set_live(false);
        }
        Event::Gap { at } => {
            tracing::info!(%at, "the change stream is live again; everybody reads again");
            app.realtime.set_live(true);
            after_a_gap(app);
        }
        Event::Transaction(transaction) => apply_transaction(app, transaction),
        Event::Oversized(large) => apply_oversized(app, large),
    }
}

fn apply_transaction(app: &App, transaction: &Transaction) {
    for change in &transaction.changes {
        match (&*change.schema, &*change.table) {
            ("auth", "sessions") => end_session(app, change),
            ("public", "memberships") => change_membership(app, change),
            ("public", "custom_fields") => app.custom_fields.changed(),
            _ => {}
        }
    }
    app.realtime.publish(&app.catalog(), transaction);
    let emptied = transaction.changes.iter().filter(|change| change.op == Op::Truncate);
    let emptied: Vec<(Arc<str>, Arc<str>)> =
        emptied.map(|change| (change.schema.clone(), change.table.clone())).collect();
    if !emptied.is_empty() {
        app.realtime.resync(Some(&emptied));
    }
}

fn apply_oversized(app: &App, large: &Oversized) {
    let is =
        |schema: &str, table: &str| large.tables.iter().any(|name| (&*name.schema, &*name.table) == (schema, table));
    if is("auth", "sessions") || is("public", "memberships") {
        app.sessions.forget_all();
        app.realtime.signal(Signal::Everybody);
    }
    if is("public", "custom_fields") {
        app.custom_fields.changed();
    }
    let tables: Vec<(Arc<str>, Arc<str>)> =
        large.tables.iter().map(|name| (name.schema.clone(), name.table.clone())).collect();
    tracing::debug!(tables = tables.len(), "a transaction too large to tell: its readers read again");
    app.realtime.resync(Some(&tables));
}

fn after_a_gap(app: &App) {
    app.sessions.forget_all();
    app.realtime.signal(Signal::Everybody);
    app.custom_fields.changed();
    app.realtime.resync(None);
}

/// A refresh also writes the row; only its end ends streams.
fn end_session(app: &App, change: &Change) {
    match &change.op {
        Op::Delete { old } => {
            if let Some(session_id) = id(change, old, "id") {
                app.sessions.forget_session(session_id);
                app.realtime.signal(Signal::Session(session_id));
            }
        }
        Op::Truncate => {
            app.sessions.forget_all();
            app.realtime.signal(Signal::Everybody);
        }
        Op::Insert { .. } | Op::Update { .. } => {}
    }
}

fn change_membership(app: &App, change: &Change) {
    let (old, new) = match &change.op {
        Op::Insert { new } => (None, Some(new)),
        Op::Update { old, new } => (old.as_ref(), Some(new)),
        Op::Delete { old } => (Some(old), None),
        Op::Truncate => {
            app.sessions.forget_all();
            app.realtime.signal(Signal::Everybody);
            return;
        }
    };
    let mut users: Vec<Uuid> = [old, new].into_iter().flatten().filter_map(|row| id(change, row, "user_id")).collect();
    users.dedup();
    for user_id in users {
        app.sessions.forget_user(user_id);
        app.realtime.signal(Signal::User(user_id));
    }
}

fn id(change: &Change, row: &Row, column: &str) -> Option<Uuid> {
    let at = change.columns.iter().position(|known| &*known.name == column)?;
    match row.values.get(at)? {
        Value::Text(text) => Uuid::try_parse_ascii(text).ok(),
        Value::Null | Value::Unchanged => None,
    }
}
