//! `rapport rest`: the data API alone, over any PostgreSQL database; a drop-in for people who run PostgREST.
//!
//! In: settings by PostgREST's names, somebody else's database. Out: the same handlers as the product's, at root path `/`.
//! Invariant: nothing here reads or writes the product's own tables; a request runs as the role of its token, or as the
//! anonymous role.

mod admin;
mod cors;
mod door;
mod gate;
mod headers;
mod known;
mod listen;
mod reload;
mod routes;
pub mod settings;
pub mod token;

pub use admin::admin;
pub use door::Door;
pub use listen::listen;
pub use reload::keep_fresh;
pub use routes::router;
