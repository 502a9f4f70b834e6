//! The surface that `rapport rest` serves: a foreign database, opened by tokens.
//!
//! In: [`Settings`], a pool, what is known of the database. Out: terms under the role that a request's token names.
//! Invariant: until the database's definition has been loaded, requests are told to come again.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwapOption;
use axum::http::StatusCode;
use query::Options;
use query::openapi::{Address, Detail, Site};
use schema::Catalog;

use super::gate::Bearer;
use super::headers;
use super::known::{ISOLATION, Known};
use super::settings::Settings;
use crate::data::error::DataError;
use crate::data::{Root, Surface, Visit};
use crate::pg::{Access, Isolation, Pg, PgError, Target, Terms, Whose};

/// The longest pause between two attempts to reach the database: who waits for it to come back waits no longer.
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// PostgreSQL takes no larger value, so a longer body could not be handed on.
const MOST_BODY_BYTES: usize = 1 << 30;

/// A foreign database and what its operator decided. Cheap to clone.
#[derive(Clone)]
pub struct Door(Arc<Inner>);

struct Inner {
    settings: Settings,
    pg: Pg,
    known: ArcSwapOption<Known>,
    /// The statement that runs before each request's own.
    before: Option<String>,
}

impl Door {
    /// Puts the parts together; nothing is asked of the database yet.
    pub fn new(settings: Settings, target: Target) -> Result<Self, PgError> {
        let pg = Pg::of(Whose::Theirs, target, settings.pool_size, settings.pool_wait)?;
        let before = settings.pre_request.as_ref().map(|name| format!("select {}()", name.sql()));
        Ok(Self(Arc::new(Inner { settings, pg, known: ArcSwapOption::empty(), before })))
    }

    /// What the operator decided.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Where the database is, for those who need a connection of their own kind.
    pub fn target(&self) -> &Target {
        self.0.pg.target()
    }

    /// Loads the database's definition, trying as often as it takes.
    pub async fn load(&self) {
        let mut pause = Duration::from_millis(250);
        while let Err(error) = self.try_load().await {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "cannot read the database's definition; trying again"
            );
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    /// Loads the database's definition once. Requests see the former one until the new one is whole.
    pub async fn try_load(&self) -> Result<(), PgError> {
        let known = Known::load(&self.0.pg, &self.0.settings).await?;
        tracing::info!(
            relations = known.catalog.relations.len(),
            functions = known.catalog.functions.len(),
            "the database's definition is loaded"
        );
        self.0.known.store(Some(Arc::new(known)));
        Ok(())
    }

    /// Has the database's definition been loaded.
    pub fn is_loaded(&self) -> bool {
        self.0.known.load().is_some()
    }

    fn search_path(&self, schema: &str) -> String {
        let schemas = std::iter::once(schema).chain(self.0.settings.extra_search_path.iter().map(String::as_str));
        schemas.map(super::settings::quoted).collect::<Vec<_>>().join(", ")
    }
}

impl Surface for Door {
    type Asker = Bearer;

    fn pg(&self) -> &Pg {
        &self.0.pg
    }

    fn catalog(&self) -> Result<Arc<Catalog>, DataError> {
        let known = self.0.known.load();
        known.as_ref().map(|known| Arc::clone(&known.catalog)).ok_or_else(|| {
            DataError::come_again("PGRST002", "Could not query the database for the schema cache. Retrying.")
        })
    }

    fn options(&self, _asker: &Bearer) -> Options {
        self.0.settings.options
    }

    fn honours_timezones(&self) -> bool {
        self.0.settings.timezone_preference
    }

    fn root(&self) -> &Root {
        &self.0.settings.root
    }

    fn site(&self) -> Site<'_> {
        let Settings { root, http, .. } = &self.0.settings;
        let address = match &root.proxy_uri {
            Some(uri) => Address::of(uri, ""),
            None => Address::local(http.hosts.first().map_or("0.0.0.0", String::as_str), http.port),
        };
        Site {
            title: "Data API",
            description: "Tables, views and functions of this schema.",
            version: env!("CARGO_PKG_VERSION"),
            address,
            security: root.security,
            detail: Detail::Dialect,
        }
    }

    fn reads_answer_back(&self) -> bool {
        true
    }

    fn max_body_bytes(&self) -> usize {
        MOST_BODY_BYTES
    }

    fn terms<'a>(&'a self, asker: &'a Bearer, visit: &Visit<'a>) -> Terms<'a> {
        let known = self.0.known.load();
        let role = known.as_ref().and_then(|known| known.roles.get(&*asker.role));
        let mut settings: Vec<(Cow<'a, str>, Cow<'a, str>)> = Vec::with_capacity(12);
        if visit.access == Access::Read {
            settings.push(("transaction_read_only".into(), "on".into()));
        }
        settings.push(("search_path".into(), self.search_path(visit.schema).into()));
        // Before the role: the login role may be allowed to set what the request's role may not.
        let own = role.into_iter().flat_map(|role| &role.settings);
        settings.extend(own.map(|(name, value)| (name.clone().into(), value.clone().into())));
        settings.push(("role".into(), (&*asker.role).into()));
        settings.push(("request.jwt.claims".into(), (&*asker.claims).into()));
        settings.push(("request.method".into(), visit.method.into()));
        settings.push(("request.path".into(), visit.path.into()));
        settings.push(("request.headers".into(), headers::as_json(visit.headers).into()));
        settings.push(("request.cookies".into(), headers::cookies(visit.headers).into()));
        if let Some(zone) = visit.timezone {
            settings.push(("timezone".into(), zone.into()));
        }
        let hoisted = visit.function_settings.iter().filter(|(name, _)| self.0.settings.hoisted.contains(name));
        let (isolation, of_function): (Vec<_>, Vec<_>) = hoisted.partition(|(name, _)| name == ISOLATION);
        let app = &self.0.settings.app_settings;
        let last = of_function.into_iter().chain(app);
        settings.extend(last.map(|(name, value)| (name.as_str().into(), value.as_str().into())));
        let isolation = isolation.first().and_then(|(_, value)| Isolation::named(value));
        Terms {
            role: (&*asker.role).into(),
            isolation: isolation.or(role.and_then(|role| role.isolation)),
            settings,
            before: self.0.before.as_deref(),
            limit: None,
            usage: Some(visit.usage),
        }
    }

    fn explain(&self, asker: &Bearer, _catalog: &Catalog, error: PgError) -> DataError {
        let refused = error.sqlstate() == Some("42501");
        let answer = DataError::from(error);
        // Whoever is nobody yet may be allowed once they say who they are.
        if refused && asker.is_anonymous { answer.with_status(StatusCode::UNAUTHORIZED) } else { answer }
    }
}
