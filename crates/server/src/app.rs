//! What every handler shares, passed by hand and cheap to clone.
//!
//! In: the configuration, the database, its catalog. Out: [`App`].
//! Invariant: nothing is global; two apps in one process (as in tests) do not meet.

use std::ops::Deref;
use std::sync::Arc;

use arc_swap::ArcSwap;
use schema::Catalog;

use crate::auth::Auth;
use crate::config::Config;
use crate::custom_fields::CustomFields;
use crate::pg::{Pg, PgError};
use crate::realtime::Realtime;
use crate::sessions::Sessions;

/// The running server's state.
#[derive(Clone)]
pub struct App(Arc<Inner>);

/// What an [`App`] holds.
pub struct Inner {
    /// What the operator decided.
    pub config: Config,
    /// The database.
    pub pg: Pg,
    /// Signs users in.
    pub auth: Auth,
    /// What live sessions stand for.
    pub sessions: Sessions,
    /// Sockets and what they wait for.
    pub realtime: Realtime,
    /// Word that fields of a workspace's own have changed.
    pub custom_fields: CustomFields,
    catalog: ArcSwap<Catalog>,
}

impl App {
    /// Puts the parts together and loads the catalog.
    pub async fn start(config: Config, pg: Pg) -> Result<Self, PgError> {
        let catalog = ArcSwap::from_pointee(pg.load_catalog(EXPOSED_SCHEMAS, &[]).await?);
        let auth = Auth::load(&pg, &config).await?;
        Ok(Self(Arc::new(Inner {
            config,
            pg,
            auth,
            sessions: Sessions::default(),
            realtime: Realtime::default(),
            custom_fields: CustomFields::default(),
            catalog,
        })))
    }

    /// The database's definition as last loaded.
    pub fn catalog(&self) -> Arc<Catalog> {
        self.catalog.load_full()
    }

    /// Loads the definition again, after it changed.
    pub async fn reload_catalog(&self) -> Result<(), PgError> {
        let fresh = self.pg.load_catalog(EXPOSED_SCHEMAS, &[]).await?;
        self.catalog.store(Arc::new(fresh));
        self.realtime.forget_catalog();
        Ok(())
    }
}

impl Deref for App {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

/// The schemas the data API offers.
pub(crate) const EXPOSED_SCHEMAS: &[&str] = &["public"];
