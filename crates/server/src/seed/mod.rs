//! Realistic, deterministic data at COPY speed.
//!
//! In: counts and a random seed. Out: rows.
//! Invariant: the same seed gives the same rows.
