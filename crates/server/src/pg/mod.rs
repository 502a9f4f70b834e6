//! The database: where it is, how statements reach it, and what it offers.
//!
//! In: a [`Target`], requests with an identity. Out: rows as text, errors with PostgreSQL's own fields.
//! Invariant: a connection for requests opens only in `pool.rs`, one for the server's own work in `system.rs`, `target.rs` and `listen.rs`;
//! every statement of a request runs as the request's role.

mod advice;
mod catalog;
mod cluster;
mod error;
mod listen;
mod migrate;
mod pool;
mod run;
mod system;
mod target;
mod terms;
mod wire;

pub use advice::change_stream_advice;
pub use cluster::{Cluster, ClusterError};
pub use error::{DbError, PgError};
pub use listen::{Heard, listen};
pub use migrate::{MigrateError, migrate};
pub use run::{Access, Identity, Pg, Request, Rows, Statement, Usage, Verdict, Whose};
pub use target::{Host, Target};
pub use terms::{Isolation, Terms};
