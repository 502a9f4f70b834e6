//! What every data request brings along, whatever it asks for.
//!
//! In: an HTTP request on a [`Surface`]. Out: its parts in the form that the planner and the database take.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode, header};
use query::request::{accept, prefer, range};
use query::{Options, QueryError};
use schema::Catalog;

use super::error::DataError;
use super::surface::{Surface, Visit};
use crate::http::dialect::Refusal;
use crate::http::timing::{Phase, Timing};
use crate::pg::{Access, Usage};

/// A data request.
pub struct DataRequest<S: Surface> {
    /// Where it is served.
    pub(super) surface: S,
    /// Who asks.
    pub(super) asker: S::Asker,
    /// The database's definition, the same for the whole request.
    pub(super) catalog: Arc<Catalog>,
    /// The request's clock.
    pub(super) timing: Timing,
    pub(super) parts: Parts,
    /// The whole body; empty for requests that only read.
    pub(super) body: Bytes,
    /// Every time zone there is, if one is asked for.
    timezones: Arc<BTreeSet<String>>,
}

impl<S: Surface> FromRequest<S> for DataRequest<S> {
    type Rejection = DataError;

    async fn from_request(request: Request, surface: &S) -> Result<Self, DataError> {
        let started = Instant::now();
        let (parts, body) = request.into_parts();
        let asker = parts.extensions.get::<S::Asker>().cloned().ok_or(Refusal::Broken)?;
        let timing = parts.extensions.get::<Timing>().cloned().unwrap_or_default();
        let body = match parts.method {
            Method::GET | Method::HEAD | Method::OPTIONS => Bytes::new(),
            _ => to_bytes(body, surface.max_body_bytes()).await.map_err(|_| Refusal::TooLarge)?,
        };
        let mut prefers = parts.headers.get_all("prefer").iter().filter(|_| surface.honours_timezones());
        let asks_for_zone = prefers.any(|value| value.to_str().is_ok_and(|text| text.contains("timezone")));
        let timezones = if asks_for_zone { surface.pg().timezones().await? } else { Arc::default() };
        let catalog = surface.catalog()?;
        timing.add(Phase::Parse, started.elapsed());
        Ok(Self { surface: surface.clone(), asker, catalog, timing, parts, body, timezones })
    }
}

impl<S: Surface> DataRequest<S> {
    /// The raw query string.
    pub(super) fn query(&self) -> &str {
        self.parts.uri.query().unwrap_or_default()
    }

    /// A header's text; the first of several, nothing when it is not text.
    pub(super) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }

    /// The schema: `Accept-Profile` of a read, `Content-Profile` of a write, or the first exposed one.
    pub(super) fn schema(&self) -> Result<&str, DataError> {
        let schemas = &self.catalog.schemas;
        match self.profile().or(schemas.first().map(String::as_str)) {
            Some(schema) if schemas.iter().any(|exposed| exposed == schema) => Ok(schema),
            other => Err(DataError::new(
                StatusCode::NOT_ACCEPTABLE,
                "PGRST106",
                format!("Invalid schema: {}", other.unwrap_or_default()),
            )
            .with_hint(format!("Only the following schemas are exposed: {}", schemas.join(", ")))),
        }
    }

    fn profile(&self) -> Option<&str> {
        let writes = matches!(self.parts.method, Method::POST | Method::PATCH | Method::PUT | Method::DELETE);
        let value = self.parts.headers.get(if writes { "content-profile" } else { "accept-profile" })?;
        std::str::from_utf8(value.as_bytes()).ok()
    }

    /// The schema, where the answer has to say which one it is about.
    pub(super) fn told_schema(&self) -> Option<&str> {
        let chosen = self.profile().is_some() || self.catalog.schemas.len() > 1;
        self.schema().ok().filter(|_| chosen)
    }

    /// The circumstances of its statements.
    pub(super) fn visit<'a>(
        &'a self,
        access: Access,
        function_settings: &'a [(String, String)],
        timezone: Option<&'a str>,
        usage: &'a Usage,
    ) -> Result<Visit<'a>, DataError> {
        Ok(Visit {
            access,
            schema: self.schema()?,
            method: self.parts.method.as_str(),
            path: self.parts.uri.path(),
            headers: &self.parts.headers,
            function_settings,
            timezone,
            usage,
        })
    }

    /// The preferences of all `Prefer` headers.
    pub(super) fn prefer(&self) -> Result<prefer::Prefer, QueryError> {
        let values = self.parts.headers.get_all("prefer");
        let values: Vec<&str> = values.iter().filter_map(|value| value.to_str().ok()).collect();
        let mut prefer = prefer::parse(&values, &self.timezones)?;
        prefer.tx = prefer.tx.filter(|_| self.options().tx_preference);
        Ok(prefer)
    }

    /// The form of the answer.
    pub(super) fn accept(&self) -> accept::Accept {
        accept::parse(self.header(header::ACCEPT))
    }

    /// The `Range` header.
    pub(super) fn range(&self) -> Result<Option<range::Range>, QueryError> {
        range::parse(self.header(header::RANGE))
    }

    /// What this installation allows.
    pub(super) fn options(&self) -> Options {
        self.surface.options(&self.asker)
    }
}
