//! Sockets: Phoenix channels in Supabase's dialect under `/realtime/v1`.
//!
//! In: sockets and released transactions. Out: change events to those who may read the row, broadcasts and presence
//! within a workspace.
//! Invariant: a row leaves only under the policy that guards the HTTP read; topics of two workspaces never meet. A
//! subscriber that may have missed something is told so.

mod access;
mod broadcast;
mod frame;
mod handshake;
mod join;
mod limits;
mod presence;
mod seat;
mod socket;
mod state;
mod topics;
mod wire;

pub use broadcast::{broadcast_event, broadcast_messages};
pub use handshake::open_socket;
pub use state::{Realtime, Signal};
