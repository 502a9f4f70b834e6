//! What handlers take from a request.
//!
//! In: headers and the work of the layers. Out: typed values.
//! Invariant: a handler that asks for a [`Caller`] on a route that admits strangers fails in its first test.

mod caller;
mod client;

pub use caller::{Caller, authenticate};
pub use client::ClientAddress;
