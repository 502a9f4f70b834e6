//! The data API: tables and functions over HTTP, in the PostgREST dialect.
//!
//! In: requests on a [`Surface`]: `/rest/v1` of the product, or `rapport rest`. Out: JSON that PostgreSQL built, or an error in the dialect's words.
//! Invariant: a statement runs as the caller, and a refused request leaves the database as it was.

mod call;
pub mod error;
mod field;
mod options;
mod product;
mod raised;
mod read;
mod request;
mod respond;
mod root;
mod run;
mod sqlstate;
mod surface;
mod write;

pub use call::call_function;
pub use options::{describe_function, describe_relation, describe_root};
pub use read::read_rows;
pub use root::read_root;
pub use surface::{Description, Root, Surface, Visit};
pub use write::write_rows;
