//! What every data request brings along, whatever it asks for.
//!
//! In: an HTTP request. Out: its parts in the form that the planner and the database take.
//! Invariant: the caller's token stays here; the database sees headers without it.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use query::request::{accept, prefer, range};
use query::{Options, QueryError};
use schema::Catalog;
use serde_json::{Map, Value};

use super::error::DataError;
use crate::app::App;
use crate::http::dialect::Refusal;
use crate::http::extract::Caller;
use crate::http::timing::Timing;

/// Headers that carry secrets.
const SECRET: [&str; 4] = ["authorization", "apikey", "cookie", "proxy-authorization"];

/// A data request.
pub struct DataRequest {
    /// The running server.
    pub(super) app: App,
    /// Who asks.
    pub(super) caller: Caller,
    /// The request's clock.
    pub(super) timing: Timing,
    pub(super) parts: Parts,
    /// The whole body; empty for requests that only read.
    pub(super) body: Bytes,
    /// Every time zone there is, if one is asked for.
    timezones: Arc<BTreeSet<String>>,
}

impl FromRequest<App> for DataRequest {
    type Rejection = DataError;

    async fn from_request(request: Request, app: &App) -> Result<Self, DataError> {
        let (parts, body) = request.into_parts();
        let caller = parts.extensions.get::<Caller>().cloned().ok_or(Refusal::Broken)?;
        let timing = parts.extensions.get::<Timing>().cloned().unwrap_or_default();
        let body = match parts.method {
            Method::GET | Method::HEAD | Method::OPTIONS => Bytes::new(),
            _ => to_bytes(body, app.config.http.max_body_bytes).await.map_err(|_| Refusal::TooLarge)?,
        };
        let mut prefers = parts.headers.get_all("prefer").iter();
        let asks_for_zone = prefers.any(|value| value.to_str().is_ok_and(|text| text.contains("timezone")));
        let timezones = if asks_for_zone { app.pg.timezones().await? } else { Arc::default() };
        Ok(Self { app: app.clone(), caller, timing, parts, body, timezones })
    }
}

impl DataRequest {
    /// The raw query string.
    pub(super) fn query(&self) -> &str {
        self.parts.uri.query().unwrap_or_default()
    }

    /// A header's text; the first of several, nothing when it is not text.
    pub(super) fn header(&self, name: header::HeaderName) -> Option<&str> {
        self.parts.headers.get(name)?.to_str().ok()
    }

    /// The schema: `Accept-Profile` of a read, `Content-Profile` of anything else, or the first exposed one.
    pub(super) fn schema(&self, catalog: &Catalog) -> Result<String, DataError> {
        let reads = matches!(self.parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
        let name = if reads { "accept-profile" } else { "content-profile" };
        let asked = self.parts.headers.get(name).and_then(|value| value.to_str().ok());
        match asked.or(catalog.schemas.first().map(String::as_str)) {
            Some(schema) if catalog.schemas.iter().any(|exposed| exposed == schema) => Ok(schema.to_owned()),
            other => Err(DataError::new(
                StatusCode::NOT_ACCEPTABLE,
                "PGRST106",
                format!("Invalid schema: {}", other.unwrap_or_default()),
            )
            .with_hint(format!("Only the following schemas are exposed: {}", catalog.schemas.join(", ")))),
        }
    }

    /// The preferences of all `Prefer` headers.
    pub(super) fn prefer(&self) -> Result<prefer::Prefer, QueryError> {
        let values = self.parts.headers.get_all("prefer");
        let values: Vec<&str> = values.iter().filter_map(|value| value.to_str().ok()).collect();
        prefer::parse(&values, &self.timezones)
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
        Options {
            max_rows: Some(self.app.config.http.max_rows),
            // A plan shows how many rows policies hide, so it is for those who see every row.
            plans: matches!(self.caller.identity.workspace_role, Some("owner" | "admin")),
            ..Options::default()
        }
    }

    /// The headers as a JSON object, for `request.headers`.
    pub(super) fn headers_json(&self) -> String {
        public_headers(&self.parts.headers).to_string()
    }
}

fn public_headers(headers: &HeaderMap) -> Value {
    let mut fields = Map::new();
    for (name, value) in headers {
        if let (false, Ok(text)) = (SECRET.contains(&name.as_str()), value.to_str()) {
            fields.insert(name.as_str().to_owned(), Value::String(text.to_owned()));
        }
    }
    Value::Object(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_never_sees_a_token() {
        let mut headers = HeaderMap::new();
        headers.insert("authorization", "Bearer x".parse().unwrap());
        headers.insert("apikey", "x".parse().unwrap());
        headers.insert("x-client-info", "test".parse().unwrap());
        assert_eq!(public_headers(&headers).to_string(), r#"{"x-client-info":"test"}"#);
    }
}
