//! The data API: rows and functions in PostgREST's dialect under `/rest/v1`.
//!
//! In: a request and its caller. Out: JSON that PostgreSQL built, passed on as bytes.
//! Invariant: every statement comes from a plan of `query` and runs as the caller's role.
