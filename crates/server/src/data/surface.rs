//! Where the data API is served: which database, whom its statements run as, what is allowed.
//!
//! In: a request's circumstances. Out: the terms on which its statements run.
//! Invariant: handlers know a surface and nothing of the product or of a foreign database, so both speak one dialect.

use std::sync::Arc;

use axum::http::HeaderMap;
use query::Options;
use query::openapi::Site;
use schema::Catalog;

use super::error::DataError;
use crate::pg::{Access, Pg, PgError, Terms, Usage};

/// A place where the data API is served.
pub trait Surface: Clone + Send + Sync + 'static {
    /// Who asks, as the gate in front of the routes found out; it travels with the request.
    type Asker: Clone + Send + Sync + 'static;

    /// The database.
    fn pg(&self) -> &Pg;

    /// Its definition as last loaded, or why there is none.
    fn catalog(&self) -> Result<Arc<Catalog>, DataError>;

    /// What this installation allows the asker.
    fn options(&self, asker: &Self::Asker) -> Options;

    /// May an asker prefer a time zone.
    fn honours_timezones(&self) -> bool {
        true
    }

    /// How the root describes the API.
    fn root(&self) -> &Root;

    /// How the description presents the API.
    fn site(&self) -> Site<'_>;

    /// May more than a called function (a check before requests, a trigger) set the answer's status and headers, so that
    /// they are read back after every statement.
    fn reads_answer_back(&self) -> bool {
        false
    }

    /// Most bytes in the body of a request.
    fn max_body_bytes(&self) -> usize;

    /// The terms on which the statements of a request run.
    fn terms<'a>(&'a self, asker: &'a Self::Asker, visit: &Visit<'a>) -> Terms<'a>;

    /// What the asker is told about a failure of the database.
    fn explain(&self, asker: &Self::Asker, catalog: &Catalog, error: PgError) -> DataError;
}

/// The circumstances of one request.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// May its statements write.
    pub access: Access,
    /// The schema it is about.
    pub schema: &'a str,
    /// The HTTP method.
    pub method: &'a str,
    /// The HTTP path.
    pub path: &'a str,
    /// The HTTP headers.
    pub headers: &'a HeaderMap,
    /// Settings of the function that is called.
    pub function_settings: &'a [(String, String)],
    /// The time zone that timestamps are to be written in.
    pub timezone: Option<&'a str>,
    /// Takes up how long it waited for a connection.
    pub usage: &'a Usage,
}

/// How the root describes the API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Root {
    /// What is described.
    pub description: Description,
    /// Does the description say that requests carry a token.
    pub security: bool,
    /// The address that clients reach the API by, when a proxy is in front.
    pub proxy_uri: Option<String>,
    /// A function that answers in the place of the description.
    pub function: Option<String>,
}

/// What the description of the API holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Description {
    /// What the asker has privileges on.
    #[default]
    Privileged,
    /// Everything exposed.
    Everything,
    /// There is none.
    Disabled,
}
