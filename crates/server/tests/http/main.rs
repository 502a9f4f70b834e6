//! Claims about the server's HTTP face, held against a real database and a real socket.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a failing test may say so by panicking"
)]

mod calling;
mod custom_fields;
mod definition;
mod description;
mod figures;
mod forms;
mod guards;
mod imports;
mod plans;
mod policies;
mod reading;
mod realtime;
mod resolving;
mod search;
mod sign_in;
mod support;
mod writing;
