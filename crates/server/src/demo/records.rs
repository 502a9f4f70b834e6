//! The records of the demo workspace.
//!
//! In: `records.json` (moments are days before or after today). Out: rows.
//! Invariant: ids follow from the workspace and each record's key; one statement a table.

use tokio_postgres::Transaction;
use uuid::Uuid;

use super::DemoError;

const RECORDS: &str = include_str!("records.json");

/// One statement a table, in the order in which they refer to each other.
const STATEMENTS: [&str; 8] = [
    include_str!("sql/teams.sql"),
    include_str!("sql/tags.sql"),
    include_str!("sql/products.sql"),
    include_str!("sql/organizations.sql"),
    include_str!("sql/contacts.sql"),
    include_str!("sql/opportunities.sql"),
    include_str!("sql/opportunity_parts.sql"),
    include_str!("sql/activities.sql"),
];

/// Fills the workspace.
pub(super) async fn load(transaction: &Transaction<'_>, workspace_id: Uuid) -> Result<(), DemoError> {
    let records: serde_json::Value = serde_json::from_str(RECORDS)?;
    for statement in STATEMENTS {
        transaction.execute(statement, &[&workspace_id, &records]).await?;
    }
    Ok(())
}
