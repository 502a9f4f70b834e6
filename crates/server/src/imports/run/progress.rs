//! How far a run is.
//!
//! In: steps of the run. Out: the latest [`Progress`], for whoever watches.
//! Invariant: telling never waits for those who listen.

use std::time::Instant;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

/// What a run is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// Reading and checking files.
    #[default]
    Reading,
    /// Finding the records that rows refer to.
    Linking,
    /// Writing records.
    Writing,
    /// Taking an import back.
    Undoing,
}

/// How far a run is.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Progress {
    /// What it is doing.
    pub phase: Phase,
    /// With which table.
    pub table: Option<String>,
    /// Rows behind it in this phase.
    pub rows_done: u64,
    /// Rows there are.
    pub rows_total: u64,
    /// Rows in a second, since the run began.
    pub rows_per_second: u64,
    /// Of the whole run.
    pub percent: u8,
    /// Will it be rolled back.
    pub dry_run: bool,
}

/// Where a run reports.
#[derive(Debug, Clone)]
pub struct Reporter {
    sender: watch::Sender<Progress>,
    started: Instant,
}

impl Reporter {
    /// A reporter, and the end at which its reports can be read.
    pub fn new() -> (Self, watch::Receiver<Progress>) {
        let (sender, receiver) = watch::channel(Progress::default());
        (Self { sender, started: Instant::now() }, receiver)
    }

    /// The run begins.
    pub fn start(&self, rows_total: u64, dry_run: bool) {
        self.sender.send_modify(|progress| *progress = Progress { rows_total, dry_run, ..Progress::default() });
    }

    /// The run is now here. Reading is the first third of the work.
    pub fn at(&self, phase: Phase, table: &str, rows_done: u64) {
        let seconds = self.started.elapsed().as_secs_f64();
        self.sender.send_modify(|progress| {
            let share = (rows_done * 100).checked_div(progress.rows_total).unwrap_or(100).min(100);
            let percent = match phase {
                Phase::Reading => share * 30 / 100,
                Phase::Linking => 30,
                Phase::Writing => 30 + share * 69 / 100,
                Phase::Undoing => share,
            };
            let done = if phase == Phase::Writing { rows_done } else { 0 };
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "a rate for people"
            )]
            let rate = (done as f64 / seconds.max(0.001)) as u64;
            progress.phase = phase;
            progress.table = Some(table.to_owned());
            progress.rows_done = rows_done;
            progress.rows_per_second = rate;
            progress.percent = u8::try_from(percent).unwrap_or(99);
        });
    }

    /// Seconds since the run began.
    pub fn seconds(&self) -> f64 {
        (self.started.elapsed().as_secs_f64() * 10.0).round() / 10.0
    }
}
