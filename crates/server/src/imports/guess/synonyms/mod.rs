//! What other products call our fields.
//!
//! In: nothing. Out: for each table and field the normalised headers that mean it, the surest first.
//! Invariant: words as [`super::normalise`] writes them.

mod parties;
mod shared;
mod trade;

use crate::imports::fields::Table;

/// Field names with the headers that mean them.
pub(super) type Synonyms = &'static [(&'static str, &'static [&'static str])];

/// The headers that mean each field of the table.
pub(super) fn of(table: Table) -> Synonyms {
    match table {
        Table::Members => parties::MEMBERS,
        Table::Products => trade::PRODUCTS,
        Table::Organizations => parties::ORGANIZATIONS,
        Table::Contacts => parties::CONTACTS,
        Table::Opportunities => trade::OPPORTUNITIES,
        Table::OpportunityItems => trade::OPPORTUNITY_ITEMS,
        Table::Activities => trade::ACTIVITIES,
    }
}
