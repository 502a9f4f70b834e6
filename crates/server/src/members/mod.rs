//! Members of a workspace: invitations.
//!
//! In: requests of owners and admins. Out: memberships.
//! Invariant: nobody grants a role above their own.
