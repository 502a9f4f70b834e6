//! The data API: tables and functions over HTTP, in the PostgREST dialect.
//!
//! In: requests to `/rest/v1`. Out: JSON that PostgreSQL built, or an error in the dialect's words.
//! Invariant: a statement runs as the caller, and a refused request leaves the database as it was.

pub mod error;
mod sqlstate;
