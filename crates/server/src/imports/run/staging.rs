//! Reads one file into its staging table.
//!
//! In: a file, its compiled plan. Out: rows in `stage_<table>`, complaints in `problems`.
//! Invariant: reading happens on a thread of its own, at most a few chunks ahead of the database.

use std::io::{Read as _, Seek as _, Write as _};
use std::pin::pin;

use bytes::Bytes;
use futures_util::SinkExt as _;
use serde_json::json;
use tempfile::SpooledTempFile;
use tokio::sync::mpsc;
use tokio_postgres::Transaction;

use super::progress::{Phase, Reporter};
use super::summary::Summary;
use super::{JobFile, StagedFile};
use crate::entropy;
use crate::imports::error::ImportError;
use crate::imports::read::Records;
use crate::imports::stage::{Compiled, CopyText, FRAME, Place, Problem, Severity, columns, stage};

const CHUNK_BYTES: usize = 256 * 1024;
const CHUNKS_AHEAD: usize = 8;
const PROBLEMS_IN_MEMORY: usize = 1024 * 1024;
const ADD_LINK: &str = "insert into stage_links (file, slot, header, missing) values ($1, $2, $3, $4)";
const COPY_PROBLEMS: &str = "copy problems (file, line, severity, column_name, value, reason, row_values) from stdin";

/// Stages the file; `sequence` numbers rows across files.
pub(super) async fn stage_file(
    transaction: &Transaction<'_>,
    file: usize,
    input: &JobFile,
    compiled: Compiled,
    sequence: &mut u64,
    reporter: &Reporter,
    summary: &mut Summary,
) -> Result<StagedFile, ImportError> {
    let table = compiled.table;
    let copy = format!("copy stage_{} ({}, {}) from stdin", table.name(), FRAME.join(", "), columns(table).join(", "));
    let (sender, mut receiver) = mpsc::channel::<Bytes>(CHUNKS_AHEAD);
    let reader = Reader {
        file,
        input: input.clone(),
        sequence: *sequence,
        reporter: reporter.clone(),
        problems: SpooledTempFile::new(PROBLEMS_IN_MEMORY),
        refused: 0,
    };
    let reading = tokio::task::spawn_blocking(move || reader.run(compiled, &sender));

    let mut sink = pin!(transaction.copy_in::<_, Bytes>(&copy).await?);
    while let Some(chunk) = receiver.recv().await {
        sink.send(chunk).await?;
    }
    let (mut reader, compiled) = reading.await.map_err(|_| ImportError::Stopped)??;
    sink.finish().await?;

    *sequence = reader.sequence;
    summary.refuse(table, reader.refused);
    copy_problems(transaction, &mut reader.problems).await?;
    let file = i32::try_from(file).map_err(|_| ImportError::plan("plan.files", "too many files"))?;
    for link in &compiled.links {
        transaction.execute(ADD_LINK, &[&file, &link.slot, &link.header, &link.missing.key()]).await?;
    }
    Ok(StagedFile { file, compiled })
}

async fn copy_problems(transaction: &Transaction<'_>, problems: &mut SpooledTempFile) -> Result<(), ImportError> {
    if problems.stream_position()? == 0 {
        return Ok(());
    }
    problems.rewind()?;
    let mut sink = pin!(transaction.copy_in::<_, Bytes>(COPY_PROBLEMS).await?);
    let mut chunk = vec![0_u8; CHUNK_BYTES];
    loop {
        let length = problems.read(&mut chunk)?;
        if length == 0 {
            break;
        }
        sink.send(Bytes::copy_from_slice(chunk.get(..length).unwrap_or_default())).await?;
    }
    sink.finish().await?;
    Ok(())
}

/// What reads a file, on its own thread.
struct Reader {
    file: usize,
    input: JobFile,
    sequence: u64,
    reporter: Reporter,
    problems: SpooledTempFile,
    refused: u64,
}

impl Reader {
    fn run(mut self, compiled: Compiled, sender: &mpsc::Sender<Bytes>) -> Result<(Self, Compiled), ImportError> {
        let facts = &self.input.facts;
        let mut records = Records::open(&self.input.path, &facts.name, facts.dialect())?;
        let mut text = CopyText::default();
        let mut problems = Vec::new();
        let mut rows = 0_u64;
        if compiled.has_header {
            records.next_record()?;
        }
        while let Some((line, record)) = records.next_record()? {
            self.sequence += 1;
            let place = Place { seq: self.sequence, file: self.file, line, id: entropy::uuid_v7() };
            let cells: Vec<&str> = record.iter().collect();
            if let Some(row) = stage(&compiled, &place, &cells, &mut problems) {
                text.row(row.iter().map(Option::as_deref));
            } else if !problems.is_empty() {
                self.refused += 1;
            }
            for problem in problems.drain(..) {
                write_problem(&mut self.problems, self.file, line, &problem, &cells)?;
            }
            rows += 1;
            if text.len() >= CHUNK_BYTES {
                sender.blocking_send(text.take()).map_err(|_| ImportError::Stopped)?;
                self.reporter.at(Phase::Reading, compiled.table.name(), rows);
            }
        }
        if !text.is_empty() {
            sender.blocking_send(text.take()).map_err(|_| ImportError::Stopped)?;
        }
        self.reporter.at(Phase::Reading, compiled.table.name(), rows);
        Ok((self, compiled))
    }
}

fn write_problem(
    out: &mut SpooledTempFile,
    file: usize,
    line: u64,
    problem: &Problem,
    cells: &[&str],
) -> std::io::Result<()> {
    // Text in PostgreSQL cannot hold a NUL, not even to complain about it.
    let clean: Vec<String> = cells.iter().map(|cell| cell.replace('\0', "\u{fffd}")).collect();
    let value = problem.value.as_ref().map(|value| value.replace('\0', "\u{fffd}"));
    debug_assert!(matches!(problem.severity, Severity::Refused | Severity::Warning));
    let mut text = CopyText::default();
    let (file, line, row) = (file.to_string(), line.to_string(), json!(clean).to_string());
    text.row(
        [
            Some(file.as_str()),
            Some(&line),
            Some(problem.severity.key()),
            problem.column.as_deref(),
            value.as_deref(),
            Some(&problem.reason),
            Some(&row),
        ]
        .into_iter(),
    );
    out.write_all(&text.take())
}
