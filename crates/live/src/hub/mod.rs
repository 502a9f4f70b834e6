//! The subscribers and what each of them waits for.
//!
//! In: registrations; transactions in commit order. Out: one delivery for each change and subscriber that may see it.
//! Invariant: a subscriber registered before a publish sees all of it that its bindings and its policy admit, in order,
//! once. The work of a publish grows with the subscribers interested in the table and workspace, not with all.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use schema::{Catalog, Change, Lsn, Op, Row, Transaction};

use crate::encode::{ColumnSet, Encoded, Stamp, encode, tenant};
use crate::filter::Filter;
use crate::policy::Reader;
use crate::shape::Shape;
use crate::time::iso_timestamp;

/// Which kinds of change a binding wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Interest {
    /// All of them.
    All,
    /// New rows.
    Insert,
    /// Changed rows.
    Update,
    /// Removed rows.
    Delete,
}

/// One thing a subscriber waits for.
#[derive(Debug, Clone, PartialEq)]
pub struct Binding {
    /// What the subscriber calls it.
    pub id: u64,
    /// The kinds of change.
    pub interest: Interest,
    /// The schema; `None` is any.
    pub schema: Option<String>,
    /// The relation; `None` is any.
    pub table: Option<String>,
    /// Which rows.
    pub filter: Filter,
    /// Which columns; `None` is all.
    pub columns: Option<Vec<String>>,
}

/// Names a registration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(u64);

/// What a subscriber receives.
#[derive(Debug)]
pub enum Delivery<'a> {
    /// One change.
    Change {
        /// The `data` object, shared by all who receive the same columns.
        data: &'a Encoded,
        /// The subscriber's bindings that it answers.
        ids: &'a [u64],
    },
    /// A transaction changed more than [`MOST_CHANGES`] rows that the subscriber may wait for: read them again.
    Resync,
}

/// So many changes of one relation and workspace in one transaction are told one by one; more cost less to read again.
pub const MOST_CHANGES: usize = 100;

/// All subscribers; `T` is whatever the caller needs to reach one.
#[derive(Debug)]
pub struct Hub<T> {
    next: u64,
    seats: FxHashMap<Ticket, Seat<T>>,
    /// Per workspace and target: who may be concerned, in order of registration.
    interests: FxHashMap<Arc<str>, FxHashMap<Target, Vec<Ticket>>>,
    shapes: FxHashMap<u32, Arc<Shape>>,
    position: Lsn,
}

#[derive(Debug)]
struct Seat<T> {
    handle: T,
    reader: Reader,
    bindings: Vec<Binding>,
}

type Target = (Option<Arc<str>>, Option<Arc<str>>);

impl<T> Default for Hub<T> {
    fn default() -> Self {
        Self {
            next: 0,
            seats: FxHashMap::default(),
            interests: FxHashMap::default(),
            shapes: FxHashMap::default(),
            position: Lsn(0),
        }
    }
}

impl<T> Hub<T> {
    /// Adds a subscriber: it receives every transaction published from now on.
    pub fn register(&mut self, reader: Reader, bindings: Vec<Binding>, handle: T) -> Ticket {
        self.next += 1;
        let ticket = Ticket(self.next);
        let targets = self.interests.entry(reader.workspace_id.clone()).or_default();
        for binding in &bindings {
            let waiting = targets.entry(target(binding)).or_default();
            if waiting.last() != Some(&ticket) {
                waiting.push(ticket);
            }
        }
        self.seats.insert(ticket, Seat { handle, reader, bindings });
        ticket
    }

    /// Removes a subscriber.
    pub fn unregister(&mut self, ticket: Ticket) {
        let Some(seat) = self.seats.remove(&ticket) else { return };
        let Some(targets) = self.interests.get_mut(&seat.reader.workspace_id) else { return };
        for binding in &seat.bindings {
            let target = target(binding);
            let Some(waiting) = targets.get_mut(&target) else { continue };
            waiting.retain(|other| *other != ticket);
            if waiting.is_empty() {
                targets.remove(&target);
            }
        }
        if targets.is_empty() {
            self.interests.remove(&seat.reader.workspace_id);
        }
    }

    /// How many subscribers there are.
    pub fn len(&self) -> usize {
        self.seats.len()
    }

    /// Is nobody subscribed.
    pub fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }

    /// How far the log has been published.
    pub fn position(&self) -> Lsn {
        self.position
    }

    /// Hands every row change of the transaction to those who wait for it and may see it.
    pub fn publish(&mut self, catalog: &Catalog, transaction: &Transaction, mut deliver: impl FnMut(&T, Delivery<'_>)) {
        let stamp =
            Stamp { commit_timestamp: iso_timestamp(transaction.commit_time_us), commit_lsn: transaction.commit_lsn };
        let crowds = self.crowds(catalog, transaction);
        for (workspace_id, change) in crowds.values() {
            let Some(targets) = self.interests.get(workspace_id) else { continue };
            let waiting = concerned(targets, change).into_iter().filter_map(|ticket| self.seats.get(&ticket));
            waiting.for_each(|seat| deliver(&seat.handle, Delivery::Resync));
        }
        for change in &transaction.changes {
            let Some(row) = subject(&change.op) else { continue };
            let shape = self.shape(catalog, change);
            let Some(workspace_id) = tenant(&shape, row) else { continue };
            if !crowds.is_empty() && crowds.contains_key(&(change.oid, workspace_id.into())) {
                continue;
            }
            self.publish_change(&shape, change, row, workspace_id, &stamp, &mut deliver);
        }
        self.position = self.position.max(transaction.end_lsn);
    }

    fn publish_change(
        &self,
        shape: &Shape,
        change: &Change,
        row: &Row,
        workspace_id: &str,
        stamp: &Stamp,
        deliver: &mut impl FnMut(&T, Delivery<'_>),
    ) {
        let Some(targets) = self.interests.get(workspace_id) else { return };
        let mut written: Vec<(ColumnSet, Encoded)> = Vec::new();
        for seat in concerned(targets, change).into_iter().filter_map(|ticket| self.seats.get(&ticket)) {
            let matching: Vec<&Binding> = seat.bindings.iter().filter(|binding| wants(binding, change, row)).collect();
            if matching.is_empty() {
                continue;
            }
            let ids: Vec<u64> = matching.iter().map(|binding| binding.id).collect();
            let columns = columns(&matching);
            let at = written.iter().position(|(known, _)| *known == columns).unwrap_or_else(|| {
                let data = encode(shape, change, stamp, &columns);
                written.push((columns, data));
                written.len() - 1
            });
            if let Some((_, data)) = written.get(at) {
                deliver(&seat.handle, Delivery::Change { data, ids: &ids });
            }
        }
    }

    /// Relations of a workspace of which the transaction changed too many rows to tell, each with one of its changes.
    fn crowds<'a>(&mut self, catalog: &Catalog, transaction: &'a Transaction) -> Crowds<'a> {
        let mut crowds: FxHashMap<(u32, Arc<str>), (usize, &Change)> = FxHashMap::default();
        if transaction.changes.len() > MOST_CHANGES {
            for change in &transaction.changes {
                let shape = self.shape(catalog, change);
                let Some(workspace_id) = subject(&change.op).and_then(|row| tenant(&shape, row)) else { continue };
                crowds.entry((change.oid, workspace_id.into())).or_insert((0, change)).0 += 1;
            }
        }
        let large = crowds.into_iter().filter(|(_, (count, _))| *count > MOST_CHANGES);
        large.map(|((oid, workspace_id), (_, change))| ((oid, workspace_id.clone()), (workspace_id, change))).collect()
    }

    /// Visits everybody who may have missed changes of the given relations (of all, when `None`).
    pub fn resync(&self, tables: Option<&[(Arc<str>, Arc<str>)]>, mut each: impl FnMut(&T)) {
        let touched = |binding: &Binding| {
            tables.is_none_or(|tables| {
                tables.iter().any(|(schema, table)| {
                    binding.schema.as_deref().is_none_or(|wanted| wanted == &**schema)
                        && binding.table.as_deref().is_none_or(|wanted| wanted == &**table)
                })
            })
        };
        for seat in self.seats.values().filter(|seat| seat.bindings.iter().any(touched)) {
            each(&seat.handle);
        }
    }

    /// Forgets what was learned from an older catalog.
    pub fn forget_shapes(&mut self) {
        self.shapes.clear();
    }

    fn shape(&mut self, catalog: &Catalog, change: &Change) -> Arc<Shape> {
        if let Some(shape) = self.shapes.get(&change.oid).filter(|shape| shape.fits(change)) {
            return shape.clone();
        }
        let shape = Arc::new(Shape::new(catalog, change));
        self.shapes.insert(change.oid, shape.clone());
        shape
    }
}

fn target(binding: &Binding) -> Target {
    (binding.schema.as_deref().map(Arc::from), binding.table.as_deref().map(Arc::from))
}

type Crowds<'a> = FxHashMap<(u32, Arc<str>), (Arc<str>, &'a Change)>;

/// The row that a change is about.
fn subject(op: &Op) -> Option<&Row> {
    match op {
        Op::Insert { new } | Op::Update { new, .. } => Some(new),
        Op::Delete { old } => Some(old),
        Op::Truncate => None,
    }
}

/// Who waits for the relation by name, for its schema or for everything; each once, in order of registration.
fn concerned(targets: &FxHashMap<Target, Vec<Ticket>>, change: &Change) -> Vec<Ticket> {
    let (schema, table) = (&change.schema, &change.table);
    let keys = [
        (Some(schema.clone()), Some(table.clone())),
        (Some(schema.clone()), None),
        (None, Some(table.clone())),
        (None, None),
    ];
    let mut tickets: Vec<Ticket> = keys.iter().filter_map(|key| targets.get(key)).flatten().copied().collect();
    tickets.sort_unstable();
    tickets.dedup();
    tickets
}

fn wants(binding: &Binding, change: &Change, row: &Row) -> bool {
    let kind = match (&change.op, binding.interest) {
        (_, Interest::All) => true,
        (Op::Insert { .. }, interest) => interest == Interest::Insert,
        (Op::Update { .. }, interest) => interest == Interest::Update,
        (Op::Delete { .. }, interest) => interest == Interest::Delete,
        (Op::Truncate, _) => false,
    };
    kind && binding.schema.as_deref().is_none_or(|schema| schema == &*change.schema)
        && binding.table.as_deref().is_none_or(|table| table == &*change.table)
        && binding.filter.matches(&change.columns, row)
}

/// All columns as soon as one binding wants all.
fn columns(bindings: &[&Binding]) -> ColumnSet {
    let mut wanted = Vec::new();
    for binding in bindings {
        wanted.extend(binding.columns.as_ref()?.iter().cloned());
    }
    wanted.sort_unstable();
    wanted.dedup();
    Some(wanted)
}
