//! Errors of `/api`, as problem documents (RFC 9457), and what every dialect says about a route that is not there.
//!
//! In: a code from the one table, words for people, perhaps a field and a cause. Out: `application/problem+json`.
//! Invariant: every code has one status; causes are logged once, here, and never sent.

use std::borrow::Cow;
use std::error::Error as StdError;

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::pg::PgError;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:literal $title:literal;)*) => {
        /// What went wrong under `/api`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code there is.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code as clients compare it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Its HTTP status.
            pub fn status(self) -> StatusCode {
                StatusCode::from_u16(match self { $(Self::$name => $status,)* })
                    .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            }

            /// A short sentence for people.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

codes! {
    /// The request cannot be read.
    BadRequest "bad_request" 400 "The request cannot be read";
    /// There is no session.
    NotSignedIn "not_signed_in" 401 "Sign in first";
    /// The caller's role does not allow it.
    Forbidden "forbidden" 403 "Your role does not allow this";
    /// The thing is not there, or the caller may not know that it is.
    NotFound "not_found" 404 "There is nothing here";
    /// The route exists, the method does not.
    MethodNotAllowed "method_not_allowed" 405 "This address does not know the method";
    /// It would contradict something that exists.
    Conflict "conflict" 409 "It contradicts something that exists";
    /// Rows were edited since; say what happens to them.
    EditedSince "edited_since" 409 "Rows were edited since";
    /// The body is larger than allowed.
    TooLarge "too_large" 413 "The request is too large";
    /// The body is in a form that is not understood.
    UnsupportedMediaType "unsupported_media_type" 415 "The body has an unknown form";
    /// A value cannot be accepted; `field` says which.
    Invalid "invalid" 422 "A value cannot be accepted";
    /// Something must be answered first; `field` says what.
    OpenQuestions "open_questions" 422 "Something must be answered first";
    /// Too many requests.
    TooManyRequests "too_many_requests" 429 "Too many requests";
    /// Our fault.
    Internal "internal" 500 "Something went wrong on the server";
    /// The database does not answer; a retry may help.
    Unavailable "unavailable" 503 "The server cannot reach its database";
    /// It took too long.
    Timeout "timeout" 504 "The server is too busy";
}

/// An error of an `/api` route.
#[derive(Debug, thiserror::Error)]
#[error("{}", .code.as_str())]
pub struct Problem {
    /// What went wrong.
    pub code: Code,
    detail: Cow<'static, str>,
    field: Option<Cow<'static, str>>,
    #[source]
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        Self::new(code, code.title())
    }
}

impl Problem {
    /// A code with words that help the person who reads them.
    pub fn new(code: Code, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { code, detail: detail.into(), field: None, cause: None }
    }

    /// A value that cannot be accepted, and the field it stands in.
    pub fn invalid(field: impl Into<Cow<'static, str>>, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { field: Some(field.into()), ..Self::new(Code::Invalid, detail) }
    }

    /// A failure of ours; the cause goes to the log only.
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self { cause: Some(cause.into()), ..Self::from(Code::Internal) }
    }

    /// What it says to the person who reads it.
    pub fn detail(&self) -> &str {
        &self.detail
    }

    /// The same with the field it concerns.
    #[must_use]
    pub fn with_field(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        if let Some(cause) = &self.cause {
            tracing::error!(error = cause.as_ref() as &dyn StdError, "a request failed");
        }
        let status = self.code.status();
        let mut body = json!({
            "type": format!("urn:rapport:error:{}", self.code.as_str()),
            "title": self.code.title(),
            "status": status.as_u16(),
            "detail": self.detail,
            "code": self.code.as_str(),
        });
        if let (Some(field), Some(fields)) = (&self.field, body.as_object_mut()) {
            fields.insert("field".to_owned(), json!(field));
        }
        let mut response = (status, axum::Json(body)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.code == Code::NotSignedIn {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<PgError> for Problem {
    fn from(error: PgError) -> Self {
        let code = match &error {
            PgError::Unavailable(_) | PgError::Lost(_) => Code::Unavailable,
            PgError::PoolTimeout => Code::Timeout,
            PgError::Database(_) | PgError::Protocol(_) | PgError::BadUrl(_) => Code::Internal,
        };
        Self { cause: Some(Box::new(error)), ..Self::from(code) }
    }
}

impl From<tokio_postgres::Error> for Problem {
    fn from(error: tokio_postgres::Error) -> Self {
        PgError::from(error).into()
    }
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn every_code_is_documented_with_its_status() {
        let document = include_str!("../../../../docs/errors.md");
        for code in Code::ALL {
            let row = format!("| `{}` | {} |", code.as_str(), code.status().as_u16());
            assert!(document.contains(&row), "docs/errors.md lacks {row}");
        }
    }
}
