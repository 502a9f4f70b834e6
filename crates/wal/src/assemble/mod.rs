//! Collects the messages between a begin and its commit into one transaction.
//!
//! In: messages in stream order. Out: a transaction event at each commit that changed something.
//! Invariant: holds at most [`Limits`] of one transaction; beyond that only the names of the changed tables.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use schema::{Change, ChangeColumn, Lsn, Op, Row, Transaction, Value};

use crate::decode::{DecodeError, Message, RelationMessage, Tuple};
use crate::event::{Event, Oversized, TableName};

/// How much of one transaction is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most changes.
    pub changes: usize,
    /// Most bytes of values.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { changes: 50_000, bytes: 64 << 20 }
    }
}

/// The state of one connection's stream: relations described so far and the transaction being received.
#[derive(Debug)]
pub struct Assembler {
    limits: Limits,
    relations: FxHashMap<u32, Relation>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Relation {
    name: TableName,
    columns: Arc<[ChangeColumn]>,
}

#[derive(Debug)]
struct Open {
    xid: u32,
    changes: Vec<Change>,
    bytes: usize,
    /// Set once the transaction outgrew its limits.
    overflow: Option<BTreeSet<TableName>>,
}

impl Assembler {
    /// An assembler for a new connection.
    pub fn new(limits: Limits) -> Self {
        Self { limits, relations: FxHashMap::default(), open: None }
    }

    /// Is a transaction being received.
    pub fn in_transaction(&self) -> bool {
        self.open.is_some()
    }

    /// Takes the next message; a commit gives the whole transaction, unless it changed nothing.
    pub fn take(&mut self, message: Message) -> Result<Option<Event>, DecodeError> {
        match message {
            Message::Begin { xid, .. } => {
                let open = Open { xid, changes: Vec::new(), bytes: 0, overflow: None };
                if self.open.replace(open).is_some() {
                    return Err(DecodeError::OutOfOrder);
                }
            }
            Message::Commit { commit_lsn, end_lsn, commit_time_us } => {
                let open = self.open.take().ok_or(DecodeError::OutOfOrder)?;
                return Ok(open.finish(commit_lsn, end_lsn, commit_time_us));
            }
            Message::Relation(relation) => self.learn(relation),
            Message::Insert { oid, new } => {
                let new = self.row(oid, new)?;
                self.push(oid, Op::Insert { new })?;
            }
            Message::Update { oid, old, new } => {
                let old = old.map(|tuple| self.row(oid, tuple)).transpose()?;
                let new = self.row(oid, new)?;
                self.push(oid, Op::Update { old, new })?;
            }
            Message::Delete { oid, old } => {
                let old = self.row(oid, old)?;
                self.push(oid, Op::Delete { old })?;
            }
            Message::Truncate { oids } => {
                for oid in oids {
                    self.push(oid, Op::Truncate)?;
                }
            }
            Message::Ignored => {}
        }
        Ok(None)
    }

    fn learn(&mut self, relation: RelationMessage) {
        let columns = relation
            .columns
            .into_iter()
            .map(|(name, type_oid, key)| ChangeColumn { name: name.into(), type_oid, key })
            .collect();
        let name = TableName { schema: relation.schema.into(), table: relation.name.into() };
        self.relations.insert(relation.oid, Relation { name, columns });
    }

    fn row(&self, oid: u32, values: Tuple) -> Result<Row, DecodeError> {
        let relation = self.relations.get(&oid).ok_or(DecodeError::UnknownRelation { oid })?;
        if values.len() != relation.columns.len() {
            return Err(DecodeError::ColumnCount { oid, expected: relation.columns.len(), found: values.len() });
        }
        Ok(Row { values })
    }

    fn push(&mut self, oid: u32, op: Op) -> Result<(), DecodeError> {
        let relation = self.relations.get(&oid).ok_or(DecodeError::UnknownRelation { oid })?;
        let open = self.open.as_mut().ok_or(DecodeError::OutOfOrder)?;
        if let Some(tables) = &mut open.overflow {
            if !tables.contains(&relation.name) {
                tables.insert(relation.name.clone());
            }
            return Ok(());
        }
        open.bytes = open.bytes.saturating_add(size(&op));
        open.changes.push(Change {
            schema: relation.name.schema.clone(),
            table: relation.name.table.clone(),
            oid,
            columns: relation.columns.clone(),
            op,
        });
        if open.changes.len() > self.limits.changes || open.bytes > self.limits.bytes {
            let changes = std::mem::take(&mut open.changes);
            let tables = changes.into_iter().map(|change| TableName { schema: change.schema, table: change.table });
            open.overflow = Some(tables.collect());
        }
        Ok(())
    }
}

impl Open {
    fn finish(self, commit_lsn: Lsn, end_lsn: Lsn, commit_time_us: i64) -> Option<Event> {
        let Self { xid, changes, overflow, .. } = self;
        if let Some(tables) = overflow {
            let tables = tables.into_iter().collect();
            return Some(Event::Oversized(Oversized { xid, commit_lsn, end_lsn, commit_time_us, tables }));
        }
        if changes.is_empty() {
            return None;
        }
        Some(Event::Transaction(Transaction { xid, commit_lsn, end_lsn, commit_time_us, changes }))
    }
}

/// Bytes that the values of a change keep alive.
fn size(op: &Op) -> usize {
    let row = |row: &Row| {
        row.values.iter().map(|value| if let Value::Text(text) = value { text.len() } else { 0 }).sum::<usize>()
    };
    match op {
        Op::Insert { new } => row(new),
        Op::Update { old, new } => row(new) + old.as_ref().map_or(0, row),
        Op::Delete { old } => row(old),
        Op::Truncate => 0,
    }
}

#[cfg(test)]
mod tests;
