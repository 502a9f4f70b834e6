//! The product's own surface: members of a workspace on its own tables.
//!
//! In: the [`App`] and a [`Caller`]. Out: terms under the member's role, with row policies in force.
//! Invariant: the caller's token stays here; the database sees headers without it.

use std::sync::Arc;

use axum::http::HeaderMap;
use query::Options;
use query::openapi::{Address, Detail, Site};
use schema::Catalog;
use serde_json::{Map, Value};

use super::error::DataError;
use super::field;
use super::surface::{Description, Root, Surface, Visit};
use crate::app::App;
use crate::http::extract::Caller;
use crate::pg::{Pg, PgError, Request, Terms};

/// Where names are looked up; every name in a plan carries its schema, functions of extensions apart.
const SEARCH_PATH: &str = "public, extensions";

/// Headers that carry secrets.
const SECRET: [&str; 4] = ["authorization", "apikey", "cookie", "proxy-authorization"];

static ROOT: Root = Root { description: Description::Privileged, security: true, proxy_uri: None, function: None };

impl Surface for App {
    type Asker = Caller;

    fn pg(&self) -> &Pg {
        &self.pg
    }

    fn catalog(&self) -> Result<Arc<Catalog>, DataError> {
        Ok(App::catalog(self))
    }

    fn options(&self, asker: &Caller) -> Options {
        let administers = matches!(asker.identity.workspace_role, Some("owner" | "admin"));
        Options {
            max_rows: Some(self.config.http.max_rows),
            max_exact_count: Some(u64::from(self.config.http.max_exact_count)),
            // A plan shows how many rows policies hide, so it is for those who see every row.
            plans: administers,
            // Whoever can have an index made may also wait for a read without one.
            max_cost: (!administers).then_some(u64::from(self.config.database.max_cost)),
            ..Options::default()
        }
    }

    fn root(&self) -> &Root {
        &ROOT
    }

    fn site(&self) -> Site<'_> {
        Site {
            title: "Rapport data API",
            description: "Everything a workspace holds.",
            version: env!("CARGO_PKG_VERSION"),
            address: Address::of(&self.config.http.public_url, "/rest/v1"),
            security: ROOT.security,
            detail: Detail::Full,
        }
    }

    fn max_body_bytes(&self) -> usize {
        self.config.http.max_body_bytes
    }

    fn terms<'a>(&'a self, asker: &'a Caller, visit: &Visit<'a>) -> Terms<'a> {
        Terms::from(Request {
            identity: &asker.identity,
            access: visit.access,
            method: visit.method,
            path: visit.path,
            headers: public_headers(visit.headers).to_string().into(),
            search_path: SEARCH_PATH,
            timeout_ms: u32::try_from(self.config.database.statement_timeout.as_millis()).unwrap_or(u32::MAX),
            timezone: visit.timezone,
            usage: Some(visit.usage),
        })
    }

    fn explain(&self, _asker: &Caller, catalog: &Catalog, error: PgError) -> DataError {
        field::name_field(catalog, error)
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
