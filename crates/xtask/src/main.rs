//! Developer commands, and the tidy checks as tests (`cargo test -p xtask`).
//!
//! In: `cargo xtask described` | `cargo xtask schema`.
//! Out: a file of the repository, written anew.
//! Invariant: depends on no crate of ours, so it runs when nothing else compiles.

mod described;
mod repository;
#[cfg(test)]
mod tidy;

use std::io::Write as _;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some("described") => described::record(),
        Some("schema") => record_schema(),
        _ => Err(concat!(
            "usage: cargo xtask described   say that the docs in docs/described.toml were read beside their files\n",
            "       cargo xtask schema      write db/schema.sql from the migrations",
        )
        .to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(reason) => {
            let _ = writeln!(std::io::stderr(), "{reason}");
            ExitCode::FAILURE
        }
    }
}

// The dump is made by the test that also proves it; see crates/testdb/tests/schema.rs.
fn record_schema() -> Result<(), String> {
    let status = Command::new("cargo")
        .args(["test", "--quiet", "--package", "testdb", "--test", "schema"])
        .env("UPDATE_EXPECT", "1")
        .current_dir(repository::root())
        .status()
        .map_err(|error| format!("cargo could not be started: {error}"))?;
    if status.success() { Ok(()) } else { Err("the migrated database could not be dumped".to_owned()) }
}
