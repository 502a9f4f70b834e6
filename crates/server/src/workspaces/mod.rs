//! Making a workspace: its owner, its first pipeline.
//!
//! In: a name and an owner. Out: a workspace that can be worked in.
//! Invariant: a workspace has an owner and a default pipeline from its first moment.
