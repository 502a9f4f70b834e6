//! Who belongs to a workspace, and who is signed in.
//!
//! In: requests of members, owners and administrators. Out: memberships, invitations, the session.
//! Invariant: nobody grants a role above their own. Changing and removing members goes through the data API, where row
//! policies and the trigger `guard_owners` hold the same line.

mod invite;
mod role;
mod session;

pub use invite::{invite, recover_member};
pub use role::{Role, UnknownRole};
pub use session::{choose_workspace, read_session};
