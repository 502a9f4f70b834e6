//! What became of the rows.
//!
//! In: staging tables after a run. Out: [`Summary`], stored with the import.
//! Invariant: every row of every file is counted once: created, updated, skipped or refused.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tokio_postgres::Transaction;

use crate::imports::error::ImportError;
use crate::imports::fields::Table;

/// What became of the rows of one table.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Records that were made.
    pub created: i64,
    /// Records that were changed.
    pub updated: i64,
    /// References to other records that were found.
    pub linked: i64,
    /// Rows that were there already.
    pub skipped: i64,
    /// Rows that did not go in.
    pub refused: i64,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Was it rolled back on purpose.
    pub dry_run: bool,
    /// How long it took.
    pub seconds: f64,
    /// Per table.
    pub tables: BTreeMap<String, Outcome>,
    /// What is worth telling.
    pub notes: Vec<String>,
    /// Rows with a complaint that did not go in.
    pub refused: i64,
    /// Rows with a complaint that went in.
    pub warnings: i64,
}

impl Summary {
    /// Nothing yet.
    pub(super) fn new(dry_run: bool) -> Self {
        Self { dry_run, ..Self::default() }
    }

    fn of(&mut self, table: Table) -> &mut Outcome {
        self.tables.entry(table.name().to_owned()).or_default()
    }

    /// Rows that were refused before they reached the database.
    pub(super) fn refuse(&mut self, table: Table, rows: u64) {
        self.of(table).refused += i64::try_from(rows).unwrap_or(i64::MAX);
    }

    /// Counts the line items that came with opportunities.
    pub(super) async fn note_parts(&mut self, transaction: &Transaction<'_>) -> Result<(), ImportError> {
        let items = "select count(*) from stage_opportunities where action is null and product_id is not null";
        let items: i64 = transaction.query_one(items, &[]).await?.try_get(0)?;
        if items > 0 {
            self.of(Table::OpportunityItems).created += items;
        }
        Ok(())
    }

    /// Counts everything else, from the staging tables.
    pub(super) async fn collect(&mut self, transaction: &Transaction<'_>) -> Result<(), ImportError> {
        for table in Table::ALL {
            let statement =
                include_str!("sql/counts.sql").replace("{table}", table.name()).replace("{links}", links(table));
            let row = transaction.query_one(&statement, &[]).await?;
            let outcome = self.of(table);
            outcome.created += row.try_get::<_, i64>(0)?;
            outcome.updated += row.try_get::<_, i64>(1)?;
            outcome.skipped += row.try_get::<_, i64>(2)?;
            outcome.refused += row.try_get::<_, i64>(3)?;
            outcome.linked += row.try_get::<_, i64>(4)?;
        }
        self.tables.retain(|_, outcome| *outcome != Outcome::default());
        for row in transaction.query(include_str!("sql/notes.sql"), &[]).await? {
            self.notes.push(row.try_get(0)?);
        }
        let found = "select count(*) filter (where severity = 'refused'), count(*) filter (where severity = 'warning') from problems";
        let found = transaction.query_one(found, &[]).await?;
        (self.refused, self.warnings) = (found.try_get(0)?, found.try_get(1)?);
        Ok(())
    }
}

/// How many links of a row were found, as SQL.
fn links(table: Table) -> &'static str {
    match table {
        Table::Members => "(team_name is not null)::int",
        Table::Products => "0",
        Table::Organizations => {
            "(owner_id is not null)::int + coalesce(parent in (select r.value from refs r where r.kind = 'organizations' and r.id is not null), false)::int"
        }
        Table::Contacts => "(owner_id is not null)::int + (organization_id is not null)::int",
        Table::Opportunities => {
            "(owner_id is not null)::int + (organization_id is not null)::int + (contact_id is not null)::int + (product_id is not null)::int"
        }
        Table::OpportunityItems => "(opportunity_id is not null)::int + (product_id is not null)::int",
        Table::Activities => {
            "(owner_id is not null)::int + (organization_id is not null)::int + (contact_id is not null)::int + (opportunity_id is not null)::int"
        }
    }
}
