//! From the text of a data-API request to a plan that a database can run, and from its result to the answer.
//!
//! In: request text, headers, body and the current [`schema::Catalog`].
//! Out: a [`Plan`] (SQL, parameters, what the answer needs, what it reads), later an [`Answer`]; or a [`QueryError`].
//! Invariant: no I/O, no clock, no randomness: the same request on the same catalog gives the same plan.
//!
//! How a server runs a plan:
//! 1. [`plan_read`], [`plan_write`] or [`plan_call`] makes the [`Plan`].
//! 2. If there is a [`Guard`], ask the database what it asks, and let it judge the answer.
//! 3. If there is a [`Probe`], run it first. Its one value is null (run `plan.sql`) or an array of ids as text (run
//!    `probe.narrowed_sql` with `probe.narrowed_params`, that text in the place of the first one).
//! 4. Run the statement, and `plan.count`'s `explain` beside it in the same batch when there is one. If
//!    `plan.decides` is set, keep the transaction open until step 5 has been taken.
//! 5. Give the one row to [`ResultRow::read`] and [`Plan::answer`]: status, headers and body, or an error, upon which
//!    the transaction is rolled back; also roll back when [`Answer::roll_back`] says so.

mod answer;
mod error;
mod fingerprint;
pub mod openapi;
mod plan;
mod read_set;
pub mod request;
mod sql;

pub use answer::{Answer, Body, ResultRow};
pub use error::{Details, QueryError, RelationshipDetail};
pub use plan::{
    Access, CallRequest, Count, Guard, Method, Options, Plan, Probe, ReadRequest, Verb, WriteRequest, plan_call,
    plan_read, plan_write,
};
pub use read_set::{KeyEquality, ReadSet, TableRead};
