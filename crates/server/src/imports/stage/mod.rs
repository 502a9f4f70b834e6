//! From cells to staged rows: each value checked and typed, each complaint kept with its whole row.
//!
//! In: records of a file, its plan. Out: COPY text for `stage_<table>`, and problems.
//! Invariant: a row is staged whole or refused whole; nothing the database would refuse gets past.

mod cells;
mod compile;
mod copy;
mod row;
mod slots;

pub use compile::{Compiled, Link, compile};
pub use copy::CopyText;
pub use row::{Place, Problem, Severity, stage};
pub use slots::{FRAME, columns};
