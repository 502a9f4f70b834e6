//! server

pub mod auth;
pub mod clock;
pub mod entropy;
