//! Sockets: Phoenix channels in Supabase's dialect under `/realtime/v1`.
//!
//! In: sockets and released transactions. Out: change events to those who may read the row.
//! Invariant: a row leaves only under the policy that guards the HTTP read.
