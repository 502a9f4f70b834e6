//! Imports: another system's export in, records out, and back again.
//!
//! In: CSV files, a plan. Out: records, an undo log, a report of every row that did not go in. See `docs/imports.md`.
//! Invariant: an import never loses or silently changes a row, and is in the database whole or not at all.

pub mod check;
pub mod detect;
pub mod engine;
pub mod error;
pub mod fields;
pub mod guess;
pub mod plan;
pub mod problems;
pub mod read;
pub mod run;
pub mod stage;
pub mod store;
pub mod undo;
