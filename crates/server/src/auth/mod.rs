//! Who somebody is: passwords, sessions and tokens, in the GoTrue dialect.
//!
//! In: requests to `/auth/v1`. Out: session and user JSON, or an error in the dialect's words.
//! Invariant: a password or token is never logged or stored in the clear.

pub mod password;
pub mod token;
