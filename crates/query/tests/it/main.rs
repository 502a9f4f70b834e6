//! What the planner promises, told from outside. `UPDATE_EXPECT=1 cargo test -p query` rewrites the golden files.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing test may say so by panicking"
)]

mod answers;
mod ask;
mod calls;
mod database;
mod describe;
mod domains;
mod embeds;
mod fixture;
mod functions;
mod grammar;
mod guards;
mod media;
mod positions;
mod properties;
mod reads;
mod refusals;
mod sizes;
mod skeleton;
mod spreads;
mod windows;
mod writes;
