//! Turns a resolved request into SQL text.
//!
//! In: the nodes of `plan/`. Out: [`Statement`]s.
//! Invariant: only `fragments` writes a name or a value.

pub(crate) mod call;
pub(crate) mod count;
mod embed;
mod filter;
pub(crate) mod fragments;
mod items;
pub(crate) mod read;
mod select;
pub(crate) mod write;
