//! Takes an import back.
//!
//! In: the undo log. Out: every table as it was before; a count of what would be, or was, taken back.
//! Invariant: one transaction; rows that somebody edited since are reported first, and kept or undone as the caller says.
//! A restored row has its former content; only `version` and `updated_at` go on, because clients trust that they grow.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tokio_postgres::GenericClient;
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::error::ImportError;
use super::run::{HASH_JOINS, Phase, Reporter};

/// What happens to rows that were edited after the import.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Edited {
    /// They stay as they are.
    Keep,
    /// They are taken back too.
    Undo,
}

/// What an undo would take back.
#[derive(Debug, Default, Serialize)]
pub struct Preview {
    /// Rows the import made or changed, per table.
    pub rows: BTreeMap<String, i64>,
    /// Those among them that somebody edited since.
    pub edited_since: BTreeMap<String, i64>,
}

impl Preview {
    /// How many rows were edited since.
    pub fn edited(&self) -> i64 {
        self.edited_since.values().sum()
    }
}

/// From so many rows on, sets are joined by hash.
const MANY_ROWS: i64 = 500;

/// Tables in the order in which they can be taken back: who refers goes before who is referred to.
const TABLES: [&str; 10] = [
    "activities",
    "opportunity_items",
    "opportunities",
    "contacts",
    "organizations",
    "products",
    "tags",
    "custom_fields",
    "teams",
    "memberships",
];

/// What an undo of the import would take back.
pub async fn preview(client: &impl GenericClient, workspace_id: Uuid, import_id: Uuid) -> Result<Preview, ImportError> {
    let mut preview = Preview::default();
    for table in TABLES {
        let statement = include_str!("sql/undo_preview.sql").replace("{table}", table);
        let row = client.query_one(&statement, &[&workspace_id, &import_id]).await?;
        let (rows, edited): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        if rows > 0 {
            preview.rows.insert(table.to_owned(), rows);
        }
        if edited > 0 {
            preview.edited_since.insert(table.to_owned(), edited);
        }
    }
    Ok(preview)
}

/// Takes the import back inside `transaction`.
pub async fn execute(
    transaction: &Transaction<'_>,
    workspace_id: Uuid,
    user_id: Option<Uuid>,
    import_id: Uuid,
    edited: Edited,
    reporter: &Reporter,
) -> Result<(), ImportError> {
    let user = user_id.map(|user| user.to_string()).unwrap_or_default();
    let settings = "select set_config('rapport.workspace_id', $1, true), set_config('rapport.user_id', $2, true), \
         pg_advisory_xact_lock(hashtextextended($3, 0))";
    transaction.execute(settings, &[&workspace_id.to_string(), &user, &import_id.to_string()]).await?;
    let total = "select count(*) from app.import_changes where workspace_id = $1 and import_id = $2";
    let total: i64 = transaction.query_one(total, &[&workspace_id, &import_id]).await?.try_get(0)?;
    if total > MANY_ROWS {
        transaction.batch_execute(HASH_JOINS).await?;
    }
    reporter.start(u64::try_from(total).unwrap_or_default(), false);
    if edited == Edited::Keep {
        for table in TABLES {
            let keep = include_str!("sql/undo_keep_edited.sql").replace("{table}", table);
            transaction.execute(&keep, &[&workspace_id, &import_id]).await?;
        }
    }
    let mut done = 0;
    for table in TABLES {
        reporter.at(Phase::Undoing, table, done);
        if let Some(restore) = restore_statement(transaction, table).await? {
            done += transaction.execute(&restore, &[&workspace_id, &import_id]).await?;
        }
        let remove = include_str!("sql/undo_remove.sql").replace("{table}", table);
        done += transaction.execute(&remove, &[&workspace_id, &import_id]).await?;
    }
    transaction.execute(include_str!("sql/undo_users.sql"), &[&workspace_id, &import_id]).await?;
    let forget = "delete from app.import_changes where workspace_id = $1 and import_id = $2";
    transaction.execute(forget, &[&workspace_id, &import_id]).await?;
    Ok(())
}

/// The statement that puts back every column a person or an import can change.
async fn restore_statement(transaction: &Transaction<'_>, table: &str) -> Result<Option<String>, ImportError> {
    let rows = transaction.query(include_str!("sql/restorable_columns.sql"), &[&table]).await?;
    let columns: Vec<String> =
        rows.iter().map(|row| row.try_get::<_, String>(0)).collect::<Result<_, tokio_postgres::Error>>()?;
    if columns.is_empty() {
        return Ok(None);
    }
    let own: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
    let former: Vec<String> = columns.iter().map(|column| format!("b.\"{column}\"")).collect();
    let statement = include_str!("sql/undo_restore.sql")
        .replace("{table}", table)
        .replace("{columns}", &own.join(", "))
        .replace("{former}", &former.join(", "));
    Ok(Some(statement))
}
