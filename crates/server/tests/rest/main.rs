//! Claims about `rapport rest`, held against a database that is none of ours.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may say so by panicking")]

mod answers;
mod askers;
mod ends;
mod settings;
mod support;
