//! Realistic data in any amount: names of many cultures, organizations, a pipeline with history, two years of activities.
//!
//! In: counts, a random seed, the day it ends. Out: rows, at COPY speed.
//! Invariant: the same arguments give the same rows, ids included; everything is in the database or nothing.

mod activities;
mod contacts;
mod dice;
mod load;
mod opportunities;
mod organizations;
mod timeline;
mod words;
mod world;

pub use load::{SeedError, Step, seed};

use chrono::{DateTime, Utc};

/// How much of everything.
#[derive(Debug, Clone, Copy)]
pub struct Amounts {
    /// People.
    pub contacts: usize,
    /// Companies.
    pub organizations: usize,
    /// Deals.
    pub opportunities: usize,
    /// Notes, calls, mails, meetings and tasks.
    pub activities: usize,
}

/// What to make.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// How much.
    pub amounts: Amounts,
    /// Where chance starts.
    pub random_seed: u64,
    /// The moment the two years end.
    pub until: DateTime<Utc>,
    /// The workspace's currency.
    pub currency: String,
}
