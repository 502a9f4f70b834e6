//! What can go wrong in `/rest/v1`, in PostgREST's words.
//!
//! In: a refusal of the server, of the planner or of PostgreSQL. Out: `{code, message, details, hint}` and its status.
//! Invariant: PostgreSQL's code, message and details pass unchanged; a hint that starts with `column: ` names the field
//! that a form can point at.

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper::ext::ReasonPhrase;
use query::QueryError;
use serde_json::{Value, json};

use super::raised::raised;
use super::sqlstate;
use crate::auth::token::TokenError;
use crate::http::dialect::Refusal;
use crate::pg::{DbError, PgError};

/// The header that tells intermediaries what went wrong (RFC 9209).
const PROXY_STATUS: HeaderName = HeaderName::from_static("proxy-status");

/// An error of a `/rest/v1` route.
#[derive(Debug, Clone, PartialEq)]
pub struct DataError {
    /// The HTTP status.
    pub status: StatusCode,
    /// `PGRST…` or an SQLSTATE.
    pub code: String,
    /// What went wrong.
    pub message: String,
    /// More about it; null, text or a list.
    pub details: Box<Value>,
    /// What to do.
    pub hint: Option<String>,
    /// The reason phrase, where it is not the status's own.
    pub reason: Option<Box<String>>,
    /// Headers that go with it.
    pub headers: Vec<(HeaderName, HeaderValue)>,
}

impl DataError {
    /// An error with code and message only.
    pub fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.to_owned(),
            message: message.into(),
            details: Box::default(),
            hint: None,
            reason: None,
            headers: Vec::new(),
        }
    }

    /// The same with details.
    #[must_use]
    pub fn with_details(self, details: impl Into<Value>) -> Self {
        Self { details: Box::new(details.into()), ..self }
    }

    /// The same with a hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// What a caller may try again in a second, when the database is back.
    pub fn come_again(code: &str, message: &str) -> Self {
        let headers = vec![(header::RETRY_AFTER, HeaderValue::from_static("1"))];
        Self { headers, ..Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message) }
    }

    fn unauthorized(code: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, message)
    }

    fn from_database(error: &DbError) -> Self {
        if error.sqlstate == "PGRST" {
            return raised(error);
        }
        Self {
            status: sqlstate::status(&error.sqlstate, &error.message),
            code: error.sqlstate.clone(),
            message: error.message.clone(),
            details: Box::new(error.detail.clone().map_or(Value::Null, Value::String)),
            hint: error.hint.clone(),
            reason: error.sqlstate.starts_with("PT").then(|| Box::new(error.message.clone())),
            headers: Vec::new(),
        }
    }
}

impl From<QueryError> for DataError {
    fn from(error: QueryError) -> Self {
        let content_range = error.total.and_then(|total| HeaderValue::try_from(format!("*/{total}")).ok());
        Self {
            status: StatusCode::from_u16(error.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            code: error.code.to_owned(),
            message: error.message,
            details: Box::new(error.details.map_or(Value::Null, |details| json!(details))),
            hint: error.hint,
            reason: None,
            headers: content_range.map(|value| (header::CONTENT_RANGE, value)).into_iter().collect(),
        }
    }
}

impl From<PgError> for DataError {
    fn from(error: PgError) -> Self {
        match &error {
            PgError::Database(database) => {
                let answer = Self::from_database(database);
                if answer.status.is_server_error() {
                    tracing::error!(error = &error as &dyn std::error::Error, "a statement failed");
                }
                answer
            }
            PgError::PoolTimeout => Self::new(
                StatusCode::GATEWAY_TIMEOUT,
                "PGRST003",
                "Timed out acquiring connection from connection pool.",
            ),
            PgError::Unavailable(_) | PgError::BadUrl(_) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the database cannot be reached");
                Self::come_again("PGRST000", "Database connection error. Retrying the connection.")
            }
            PgError::Lost(_) | PgError::Protocol(_) => {
                tracing::error!(error = &error as &dyn std::error::Error, "the database gave no answer");
                Self::come_again("PGRST001", "Database client error. Retrying the connection.")
            }
        }
    }
}

impl From<Refusal> for DataError {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoSession => Self::unauthorized("PGRST302", "Anonymous access is disabled"),
            Refusal::BadToken(error @ (TokenError::Expired | TokenError::Early | TokenError::Audience)) => {
                Self::unauthorized("PGRST303", error.to_string())
            }
            Refusal::BadToken(TokenError::Claims) => Self::unauthorized("PGRST303", "Parsing claims failed"),
            Refusal::BadToken(TokenError::Key) => Self::unauthorized("PGRST301", TokenError::Key.to_string())
                .with_details("None of the keys was able to decode the JWT"),
            Refusal::BadToken(error) => Self::unauthorized("PGRST301", error.to_string()),
            Refusal::SessionEnded => {
                Self::unauthorized("PGRST303", "Session from session_id claim in JWT does not exist")
            }
            Refusal::Banned => Self::unauthorized("PGRST303", "User is banned"),
            Refusal::NoWorkspace => Self::new(StatusCode::FORBIDDEN, "42501", "You belong to no workspace"),
            Refusal::RoleTooLow => Self::new(StatusCode::FORBIDDEN, "42501", "Your role does not allow this"),
            Refusal::NoRoute => Self::new(StatusCode::NOT_FOUND, "PGRST125", "Invalid path specified in request URL"),
            Refusal::NoMethod(method) => {
                let message = format!("Unsupported HTTP method: {method}");
                Self::new(StatusCode::METHOD_NOT_ALLOWED, "PGRST117", message)
            }
            Refusal::TooLarge => Self::new(StatusCode::PAYLOAD_TOO_LARGE, "PGRST102", "The request body is too large"),
            Refusal::Database(error) => error.into(),
            Refusal::Broken => {
                Self::new(StatusCode::INTERNAL_SERVER_ERROR, "PGRSTX00", "Something went wrong on the server")
            }
        }
    }
}

impl IntoResponse for DataError {
    fn into_response(mut self) -> Response {
        let body = json!({
            "code": self.code,
            "details": self.details,
            "hint": self.hint,
            "message": self.message,
        });
        let mut response = (self.status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8"));
        if let Ok(value) = HeaderValue::from_str(&format!("PostgREST; error={}", self.code)) {
            headers.insert(PROXY_STATUS, value);
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, challenge(&self));
        }
        headers.extend(std::mem::take(&mut self.headers));
        if let Some(reason) = self.reason.take().and_then(|reason| ReasonPhrase::try_from(reason.as_bytes()).ok()) {
            response.extensions_mut().insert(reason);
        }
        response.extensions_mut().insert(Brief { code: self.code, message: self.message });
        response
    }
}

/// What an error comes to, for those who tell their clients no more than that.
#[derive(Debug, Clone)]
pub struct Brief {
    /// `PGRST…` or an SQLSTATE.
    pub code: String,
    /// What went wrong.
    pub message: String,
}

fn challenge(error: &DataError) -> HeaderValue {
    if !matches!(error.code.as_str(), "PGRST301" | "PGRST303") {
        return HeaderValue::from_static("Bearer");
    }
    let words = error.message.replace(['"', '\\'], "");
    HeaderValue::from_str(&format!("Bearer error=\"invalid_token\", error_description=\"{words}\""))
        .unwrap_or(HeaderValue::from_static("Bearer error=\"invalid_token\""))
}
