//! The figures of the dashboard, in one statement.
//!
//! In: the caller. Out: JSON.
//! Invariant: one statement, under the caller's row policies.
