//! What is known of a foreign database: its definition, and what its roles bring along.
//!
//! In: a pool, settings. Out: [`Known`], replaced whole. Invariant: readable without any privilege of its own.

use std::collections::HashMap;
use std::sync::Arc;

use schema::Catalog;

use super::settings::Settings;
use crate::pg::{Isolation, Pg, PgError};

/// The setting that cannot be made once a transaction has begun to read.
pub(super) const ISOLATION: &str = "default_transaction_isolation";

/// What is known of the database.
#[derive(Debug)]
pub(super) struct Known {
    /// Its relations and functions.
    pub(super) catalog: Arc<Catalog>,
    /// What has been set for its roles.
    pub(super) roles: HashMap<String, RoleTerms>,
}

/// What has been set for a role by `alter role … set`.
#[derive(Debug, Default)]
pub(super) struct RoleTerms {
    /// The isolation of its transactions.
    pub(super) isolation: Option<Isolation>,
    /// Everything else.
    pub(super) settings: Vec<(String, String)>,
}

impl Known {
    /// Asks the database.
    pub(super) async fn load(pg: &Pg, settings: &Settings) -> Result<Self, PgError> {
        let (schemas, beside) = (texts(&settings.schemas), texts(&settings.extra_search_path));
        let catalog = Arc::new(pg.load_catalog(&schemas, &beside).await?);
        Ok(Self { catalog, roles: roles(pg).await? })
    }
}

fn texts(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

async fn roles(pg: &Pg) -> Result<HashMap<String, RoleTerms>, PgError> {
    let mut roles: HashMap<String, RoleTerms> = HashMap::new();
    for row in pg.system().await?.query_typed(include_str!("sql/role_settings.sql"), &[]).await? {
        let (role, name, value): (String, String, String) = (row.get(0), row.get(1), row.get(2));
        let terms = roles.entry(role).or_default();
        if name == ISOLATION {
            terms.isolation = Isolation::named(&value);
        } else {
            terms.settings.push((name, value));
        }
    }
    Ok(roles)
}
