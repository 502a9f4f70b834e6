//! The Rapport server as a library: the binary and the integration tests stand on it.
//!
//! In: the command line, the environment, `rapport.toml`. Out: a running server.
//! Invariant: nothing is global; [`app::App`] carries what handlers share.

pub mod app;
pub mod assets;
pub mod auth;
pub mod bench;
pub mod changes;
pub mod cli;
pub mod clock;
pub mod config;
pub mod custom_fields;
pub mod dashboard;
pub mod data;
pub mod demo;
pub mod entropy;
pub mod http;
pub mod imports;
pub mod members;
pub mod pg;
pub mod realtime;
pub mod rest;
pub mod search;
pub mod seed;
pub mod sessions;
pub mod workspaces;
