//! Who belongs to a workspace.
//!
//! In: requests of owners and administrators. Out: memberships and invitations.
//! Invariant: nobody grants a role above their own.

mod role;

pub use role::{Role, UnknownRole};
