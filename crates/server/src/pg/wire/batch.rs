//! A request on the wire: everything gathered in one buffer, one Sync, then the answers in order.
//!
//! In: [`Call`]s. Out: their [`Rows`]. Invariant: answers are read up to `ReadyForQuery`, also after an error, and the
//! caller may reuse the connection only if this returned and the transaction is closed.

use bytes::{BufMut as _, Bytes};
use postgres_protocol::IsNull;
use postgres_protocol::message::frontend;

use super::statements::Known;
use super::{Connection, Message, PgError};
use crate::pg::Rows;

/// One statement to prepare (if need be), bind and execute.
pub(in crate::pg) struct Call<'a> {
    /// The role it runs as: a plan made for one role is not reused for another.
    pub(in crate::pg) role: &'a str,
    /// Its text.
    pub(in crate::pg) sql: &'a str,
    /// Its parameters in text form.
    pub(in crate::pg) params: &'a [Option<Bytes>],
}

/// A call that has been written and whose answers are still to come.
struct Pending {
    key: String,
    name: String,
    /// Known when the statement was prepared in an earlier batch.
    columns: Option<Vec<String>>,
}

/// How an open transaction ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::pg) enum End {
    /// Its changes are kept.
    Commit,
    /// Its changes are undone.
    RollBack,
    /// Its changes are undone, after every constraint that waits for the commit has been checked.
    Rehearse,
}

/// What a batch came to.
pub(in crate::pg) type Outcome = Result<Vec<Rows>, PgError>;

impl Connection {
    /// Runs the calls in one implicit transaction and one round trip.
    pub(in crate::pg) async fn run(&mut self, calls: &[Call<'_>]) -> Result<Outcome, PgError> {
        let pending = self.write_calls(calls)?;
        frontend::sync(&mut self.outgoing);
        self.send().await?;
        let outcome = self.read_calls(pending).await?;
        // A deferred constraint speaks up at the commit, after every statement went well.
        Ok(match self.finish().await? {
            Some(late) => outcome.and(Err(late)),
            None => outcome,
        })
    }

    /// Opens a transaction, runs the calls in it and leaves it open. After an error it is closed already.
    pub(in crate::pg) async fn run_open(&mut self, calls: &[Call<'_>]) -> Result<Outcome, PgError> {
        let begin = Call { role: "", sql: "begin", params: &[] };
        let mut pending = self.write_calls(&[begin])?;
        pending.extend(self.write_calls(calls)?);
        let outcome = self.stay_open(pending).await?;
        Ok(outcome.map(|mut rows| {
            rows.remove(0);
            rows
        }))
    }

    /// Closes the transaction of [`run_open`](Self::run_open).
    pub(in crate::pg) async fn close(&mut self, end: End) -> Result<Result<(), PgError>, PgError> {
        let call = |sql| Call { role: "", sql, params: &[] };
        if end == End::Rehearse {
            let pending = self.write_calls(&[call("set constraints all immediate")])?;
            if let Err(broken) = self.stay_open(pending).await? {
                return Ok(Err(broken));
            }
        }
        let sql = if end == End::Commit { "commit" } else { "rollback" };
        Ok(self.run(&[call(sql)]).await?.map(drop))
    }

    /// Sends what is pending and reads its answers; the open transaction stays so unless one of them is an error.
    async fn stay_open(&mut self, pending: Vec<Pending>) -> Result<Outcome, PgError> {
        frontend::flush(&mut self.outgoing);
        self.send().await?;
        let outcome = self.read_calls(pending).await?;
        if outcome.is_err() {
            frontend::sync(&mut self.outgoing);
            frontend::query("rollback", &mut self.outgoing)?;
            self.send().await?;
            while self.receive().await?.tag != b'Z' {}
            self.finish().await?;
        }
        Ok(outcome)
    }

    /// Runs statements without parameters that return nothing of interest.
    pub(in crate::pg) async fn simple(&mut self, sql: &str) -> Result<(), PgError> {
        frontend::query(sql, &mut self.outgoing)?;
        self.send().await?;
        let mut failed = None;
        loop {
            let message = self.receive().await?;
            match message.tag {
                b'E' => failed = Some(PgError::refused(message.error())),
                b'Z' => return failed.map_or(Ok(()), Err),
                _ => {}
            }
        }
    }

    fn write_calls(&mut self, calls: &[Call<'_>]) -> Result<Vec<Pending>, PgError> {
        let mut pending: Vec<Pending> = Vec::with_capacity(calls.len() + 1);
        for call in calls {
            if !self.keeps_statements {
                pending.push(self.write_unnamed(call)?);
                continue;
            }
            let key = format!("{}\n{}", call.role, call.sql);
            let known = self.prepared.find(&key);
            let (name, columns) = match (known, pending.iter().find(|earlier| earlier.key == key)) {
                (Some(known), _) => (known.name, Some(known.columns)),
                (None, Some(earlier)) => (earlier.name.clone(), None),
                (None, None) => {
                    let name = self.prepared.new_name();
                    frontend::parse(&name, call.sql, [], &mut self.outgoing)?;
                    frontend::describe(b'S', &name, &mut self.outgoing)?;
                    (name, None)
                }
            };
            self.write_bind(&name, call.params)?;
            frontend::execute("", 0, &mut self.outgoing)?;
            pending.push(Pending { key, name, columns });
        }
        Ok(pending)
    }

    /// A statement that the server forgets with the next one.
    fn write_unnamed(&mut self, call: &Call<'_>) -> Result<Pending, PgError> {
        frontend::parse("", call.sql, [], &mut self.outgoing)?;
        frontend::describe(b'S', "", &mut self.outgoing)?;
        self.write_bind("", call.params)?;
        frontend::execute("", 0, &mut self.outgoing)?;
        Ok(Pending { key: String::new(), name: String::new(), columns: None })
    }

    fn write_bind(&mut self, name: &str, params: &[Option<Bytes>]) -> Result<(), PgError> {
        let write = |value: &Option<Bytes>, buffer: &mut bytes::BytesMut| {
            let Some(value) = value else { return Ok(IsNull::Yes) };
            buffer.put_slice(value);
            Ok(IsNull::No)
        };
        let bound = frontend::bind("", name, [], params, write, [], &mut self.outgoing);
        bound.map_err(|_| PgError::Protocol("a parameter is too large"))
    }

    async fn read_calls(&mut self, pending: Vec<Pending>) -> Result<Outcome, PgError> {
        let mut done: Vec<Rows> = Vec::with_capacity(pending.len());
        for mut call in pending {
            let mut rows = Vec::new();
            let affected = loop {
                let message = self.receive().await?;
                match message.tag {
                    b'1' | b'2' | b'3' | b't' => {}
                    b'T' | b'n' => self.learn(&mut call, &message)?,
                    b'D' => rows.push(message.values()?),
                    b'C' => break message.affected(),
                    b'I' => break 0,
                    b'E' => return Ok(Err(refused(&message)?)),
                    _ => return Err(PgError::Protocol("an unknown message in a batch")),
                }
            };
            let learnt = || self.prepared.find(&call.key).map(|known| known.columns);
            let columns = call.columns.or_else(learnt).unwrap_or_default();
            done.push(Rows { columns, rows, affected });
        }
        Ok(Ok(done))
    }

    /// Remembers a statement that the server has just prepared, and closes one if there are too many.
    fn learn(&mut self, call: &mut Pending, message: &Message) -> Result<(), PgError> {
        let columns = if message.tag == b'T' { message.column_names()? } else { Vec::new() };
        if !self.keeps_statements {
            call.columns = Some(columns);
            return Ok(());
        }
        let known = Known { name: call.name.clone(), columns };
        if let Some(old) = self.prepared.remember(call.key.as_str().into(), known) {
            // Leaves with the next batch; its answer passes by there.
            frontend::close(b'S', &old, &mut self.outgoing)?;
        }
        Ok(())
    }

    /// Reads up to the end of the batch; gives back an error that came with the commit.
    async fn finish(&mut self) -> Result<Option<PgError>, PgError> {
        let mut late = None;
        loop {
            let message = self.receive().await?;
            match message.tag {
                b'Z' if message.is_idle() => return Ok(late),
                b'Z' => return Err(PgError::Protocol("a transaction stayed open")),
                b'E' => late = Some(refused(&message)?),
                _ => {}
            }
        }
    }
}

/// PostgreSQL's refusal of a statement; a fatal one ends the connection and is an error of the connection.
fn refused(message: &Message) -> Result<PgError, PgError> {
    match PgError::refused(message.error()) {
        error @ PgError::Database(_) => Ok(error),
        fatal => Err(fatal),
    }
}
