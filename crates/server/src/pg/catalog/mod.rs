//! Loads what the exposed schemas offer.
//!
//! In: names of schemas. Out: a [`Catalog`].
//! Invariant: one snapshot: relations, keys and functions fit each other.

mod rewrite;
mod views;

use std::collections::{BTreeMap, HashMap};

use schema::{Catalog, Relation};
use serde::de::DeserializeOwned;
use tokio_postgres::types::Type;
use tokio_postgres::{IsolationLevel, Transaction};

use self::views::{Shown, View};
use super::{Pg, PgError};

impl Pg {
    /// The definition of these schemas as of now. Keys are followed through views of theirs and of the schemas in
    /// `beside`, which are not exposed themselves.
    pub async fn load_catalog(&self, schemas: &[&str], beside: &[&str]) -> Result<Catalog, PgError> {
        let mut client = self.system().await?;
        let snapshot = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let snapshot = snapshot.start().await?;
        // With nothing on the path every name comes out with its schema, whoever reads it later.
        snapshot.batch_execute("set local search_path = ''").await?;
        let relations: Vec<Relation> = list(&snapshot, include_str!("sql/relations.sql"), Some(schemas)).await?;
        let keys: Vec<views::Key> = list(&snapshot, include_str!("sql/foreign_keys.sql"), None).await?;
        let functions = list(&snapshot, include_str!("sql/functions.sql"), Some(schemas)).await?;
        let computed = list(&snapshot, include_str!("sql/computed.sql"), Some(schemas)).await?;
        let media_handlers = list(&snapshot, include_str!("sql/media_handlers.sql"), Some(schemas)).await?;
        let views = views(&snapshot, schemas, beside).await?;
        let tables = if views.is_empty() { HashMap::new() } else { primary_keys(&snapshot).await? };
        snapshot.commit().await?;
        let shown = Shown::of(&views);
        let mut relations: BTreeMap<(String, String), Relation> =
            relations.into_iter().map(|found| ((found.schema.clone(), found.name.clone()), found)).collect();
        for (view, key) in shown.primary_keys(&tables) {
            if let Some(relation) = relations.get_mut(&(view.schema.clone(), view.name.clone())) {
                relation.primary_key = key;
            }
        }
        Ok(Catalog {
            schemas: schemas.iter().map(|name| (*name).to_owned()).collect(),
            relations,
            hidden_links: views::hidden_links(&keys, &shown, schemas),
            foreign_keys: views::foreign_keys(keys, &shown, schemas).into(),
            computed,
            functions,
            media_handlers,
        })
    }
}

/// Runs a statement that gives one JSON list in the shape of `T`.
async fn list<T: DeserializeOwned>(
    snapshot: &Transaction<'_>,
    sql: &str,
    schemas: Option<&[&str]>,
) -> Result<Vec<T>, PgError> {
    // Unnamed statements: a pooler between us and the server keeps no others.
    let rows = match &schemas {
        Some(schemas) => snapshot.query_typed(sql, &[(schemas, Type::TEXT_ARRAY)]).await?,
        None => snapshot.query_typed(sql, &[]).await?,
    };
    let row = rows.first().ok_or(PgError::Protocol("the catalog gave no row"))?;
    serde_json::from_value(row.get(0)).map_err(|error| {
        tracing::error!(%error, "the catalog has a shape that is not understood");
        PgError::Protocol("the catalog has a shape that is not understood")
    })
}

async fn views(snapshot: &Transaction<'_>, schemas: &[&str], beside: &[&str]) -> Result<Vec<View>, PgError> {
    let rows = snapshot
        .query_typed(include_str!("sql/views.sql"), &[(&schemas, Type::TEXT_ARRAY), (&beside, Type::TEXT_ARRAY)])
        .await?;
    let view = |row: &tokio_postgres::Row| View {
        oid: row.get(0),
        schema: row.get(1),
        name: row.get(2),
        exposed: row.get(3),
        columns: row.get(4),
        origins: rewrite::origins(row.get(5)),
    };
    Ok(rows.iter().map(view).collect())
}

/// The numbers of the primary key's columns, by table.
async fn primary_keys(snapshot: &Transaction<'_>) -> Result<HashMap<u32, Vec<i16>>, PgError> {
    let rows = snapshot.query_typed(include_str!("sql/primary_keys.sql"), &[]).await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}
