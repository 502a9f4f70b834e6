//! The HTTP face: every route on one page, every layer in order, one error shape per dialect.
//!
//! In: a listener and the [`App`](crate::app::App). Out: answers.
//! Invariant: nothing here knows SQL.

pub mod body;
mod cors;
pub mod dialect;
pub mod error;
pub mod extract;
mod health;
pub(crate) mod layers;
pub mod routes;
mod serve;
pub mod timing;

pub use serve::{serve, serve_router};
