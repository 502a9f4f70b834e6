//! What is decided before any row is written: ids, and who belongs to whom.
//!
//! In: a recipe. Out: a [`World`] that all tables draw from.
//! Invariant: a reference always points at a record that is older.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::Recipe;
use super::dice::Dice;
use super::timeline::Timeline;
use super::words::{PRODUCTS, SELLERS};

/// Streams of chance, one a table.
pub(super) const ORGANIZATIONS: u64 = 1;
pub(super) const CONTACTS: u64 = 2;
pub(super) const OPPORTUNITIES: u64 = 3;
pub(super) const ACTIVITIES: u64 = 4;
const IDS: u64 = 100;

/// An id and the moment it was born.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Born {
    pub(super) id: Uuid,
    pub(super) at: DateTime<Utc>,
}

/// An opportunity's place: its organization and main contact, by ordinal.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Deal {
    pub(super) organization: usize,
    pub(super) contact: usize,
}

/// Everything that rows of several tables must agree on.
pub(super) struct World {
    pub(super) recipe: Recipe,
    pub(super) timeline: Timeline,
    pub(super) sellers: Vec<Uuid>,
    pub(super) products: Vec<Uuid>,
    pub(super) organizations: Vec<Born>,
    pub(super) contacts: Vec<Born>,
    /// The organization of each contact, by ordinal.
    pub(super) employers: Vec<Option<usize>>,
    pub(super) opportunities: Vec<Born>,
    pub(super) deals: Vec<Deal>,
}

impl World {
    pub(super) fn new(recipe: Recipe) -> Self {
        let timeline = Timeline::until(recipe.until);
        let mut dice = Dice::new(recipe.random_seed, IDS);
        let ids =
            |count: usize, dice: &mut Dice| -> Vec<Uuid> { (0..count).map(|_| dice.id(timeline.start())).collect() };
        let (sellers, products) = (ids(SELLERS.len(), &mut dice), ids(PRODUCTS.len(), &mut dice));
        let born = |count: usize, stream: u64| -> Vec<Born> {
            let mut dice = Dice::new(recipe.random_seed, IDS + stream);
            (0..count)
                .map(|n| {
                    let at = timeline.at(n, count, &mut dice);
                    Born { id: dice.id(at), at }
                })
                .collect()
        };
        let organizations = born(recipe.amounts.organizations, ORGANIZATIONS);
        let contacts = born(recipe.amounts.contacts, CONTACTS);
        let opportunities = born(recipe.amounts.opportunities, OPPORTUNITIES);
        let mut links = Dice::new(recipe.random_seed, IDS + ACTIVITIES);
        let older = |n: usize, of: usize, among: usize| ((n + 1) * among / of.max(1)).clamp(1, among.max(1));
        let employers: Vec<Option<usize>> = (0..contacts.len())
            .map(|n| {
                let employed = !organizations.is_empty() && links.percent(92);
                employed.then(|| links.below(older(n, contacts.len(), organizations.len())))
            })
            .collect();
        let deals = (0..opportunities.len())
            .map(|n| {
                let contact = links.below(older(n, opportunities.len(), contacts.len()));
                let employer = employers.get(contact).copied().flatten();
                let organization =
                    employer.unwrap_or_else(|| links.below(older(n, opportunities.len(), organizations.len())));
                Deal { organization, contact }
            })
            .collect();
        Self { recipe, timeline, sellers, products, organizations, contacts, employers, opportunities, deals }
    }

    /// The id of the organization of that ordinal.
    pub(super) fn organization(&self, n: usize) -> Option<Uuid> {
        self.organizations.get(n).map(|born| born.id)
    }
}
