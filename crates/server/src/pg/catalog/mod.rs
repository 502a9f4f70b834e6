//! Loads what the exposed schemas offer.
//!
//! In: names of schemas. Out: a [`Catalog`].
//! Invariant: one snapshot: relations, keys and functions fit each other.

use schema::{Catalog, ForeignKey, Function, MediaHandler, Relation};
use serde::de::DeserializeOwned;
use tokio_postgres::{IsolationLevel, Transaction};

use super::{Pg, PgError};

impl Pg {
    /// The definition of these schemas as of now.
    pub async fn load_catalog(&self, schemas: &[&str]) -> Result<Catalog, PgError> {
        let mut client = self.system().await?;
        let snapshot = client.build_transaction().isolation_level(IsolationLevel::RepeatableRead).read_only(true);
        let snapshot = snapshot.start().await?;
        // With nothing on the path every name comes out with its schema, whoever reads it later.
        snapshot.batch_execute("set local search_path = ''").await?;
        let relations: Vec<Relation> = list(&snapshot, include_str!("sql/relations.sql"), schemas).await?;
        let foreign_keys: Vec<ForeignKey> = list(&snapshot, include_str!("sql/foreign_keys.sql"), schemas).await?;
        let functions: Vec<Function> = list(&snapshot, include_str!("sql/functions.sql"), schemas).await?;
        let media_handlers: Vec<MediaHandler> =
            list(&snapshot, include_str!("sql/media_handlers.sql"), schemas).await?;
        snapshot.commit().await?;
        Ok(Catalog {
            schemas: schemas.iter().map(|name| (*name).to_owned()).collect(),
            relations: relations.into_iter().map(|found| ((found.schema.clone(), found.name.clone()), found)).collect(),
            foreign_keys,
            functions,
            media_handlers,
        })
    }
}

/// Runs a statement that gives one JSON list in the shape of `T`.
async fn list<T: DeserializeOwned>(snapshot: &Transaction<'_>, sql: &str, schemas: &[&str]) -> Result<Vec<T>, PgError> {
    let row = snapshot.query_one(sql, &[&schemas]).await?;
    serde_json::from_value(row.get(0)).map_err(|error| {
        tracing::error!(%error, "the catalog has a shape that is not understood");
        PgError::Protocol("the catalog has a shape that is not understood")
    })
}
