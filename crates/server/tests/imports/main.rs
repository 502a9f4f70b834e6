//! Claims about imports, held against a real PostgreSQL and the sample export.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failing test may say so by panicking")]

mod policies;
mod refusals;
mod sample;
mod support;
