//! Tokens that somebody else has signed: what they prove, and whom they name.
//!
//! In: a token, the time. Out: its claims and the role they name, or why it proves nothing.
//! Invariant: no clock of its own; a signature is checked before anything the token says is believed.

mod claims;
mod error;
mod keys;
mod role_path;

pub use claims::check;
pub use error::TokenError;
pub use keys::KeyRing;
pub use role_path::RolePath;
