//! Who must hear of a change: subscriptions, the policy on rows, and the bytes that leave.
//!
//! In: committed transactions in order, subscriptions with their filters. Out: deliveries, each with finished JSON.
//! Invariant: no I/O and no clock. A row leaves only to a reader of its own workspace, the same rows that row-level
//! security lets them read.

mod encode;
mod filter;
mod hub;
mod policy;
mod shape;
mod time;

pub use encode::Encoded;
pub use filter::{Filter, FilterError};
pub use hub::{Binding, Delivery, Hub, Interest, MOST_CHANGES, Ticket};
pub use policy::{Reader, tenant_column};
pub use time::iso_timestamp;
