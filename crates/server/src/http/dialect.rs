//! Which words an answer uses: each API has its own way of refusing.
//!
//! In: a path, and why a request is refused. Out: the refusal in the path's dialect.
//! Invariant: the same refusal has one meaning in every dialect, and none says more than the caller may know.

use axum::http::Method;
use axum::response::{IntoResponse, Response};

use super::error::{Code, Problem};
use crate::auth;
use crate::auth::error::AuthError;
use crate::auth::token::TokenError;
use crate::data::error::DataError;
use crate::pg::PgError;

/// Whose words an answer uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// `/rest/v1`: PostgREST.
    Rest,
    /// `/auth/v1`: GoTrue.
    Auth,
    /// `/api` and `/realtime`: problem documents.
    Api,
    /// Everything else: the web app.
    Page,
}

/// Why a request goes no further.
#[derive(Debug)]
pub enum Refusal {
    /// It carries no session.
    NoSession,
    /// Its token proves nothing.
    BadToken(TokenError),
    /// Its session has ended.
    SessionEnded,
    /// Its user is locked.
    Banned,
    /// Its user belongs to no workspace.
    NoWorkspace,
    /// Its user's role does not suffice.
    RoleTooLow,
    /// No such route.
    NoRoute,
    /// The route does not know the method.
    NoMethod(Method),
    /// The body is too large.
    TooLarge,
    /// The database gave no answer about the session.
    Database(PgError),
    /// A handler failed in a way that should be impossible.
    Broken,
}

impl Dialect {
    /// The dialect of a path.
    pub fn of(path: &str) -> Self {
        let within =
            |prefix: &str| path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if within("/rest") {
            Self::Rest
        } else if within("/auth") {
            Self::Auth
        } else if within("/api") || within("/realtime") {
            Self::Api
        } else {
            Self::Page
        }
    }

    /// The refusal in this dialect.
    pub fn refuse(self, refusal: Refusal) -> Response {
        match self {
            Self::Rest => DataError::from(refusal).into_response(),
            Self::Auth => auth_error(refusal).into_response(),
            Self::Api | Self::Page => problem(refusal).into_response(),
        }
    }
}

fn auth_error(refusal: Refusal) -> AuthError {
    use auth::error::Code;
    match refusal {
        Refusal::NoSession => Code::NoAuthorization.into(),
        Refusal::BadToken(error) => {
            AuthError::new(Code::BadJwt, format!("invalid JWT: unable to parse or verify signature, {error}"))
        }
        Refusal::SessionEnded => Code::SessionNotFound.into(),
        Refusal::Banned => Code::UserBannedNow.into(),
        Refusal::NoWorkspace | Refusal::RoleTooLow => Code::NotAdmin.into(),
        Refusal::NoRoute => Code::NotFound.into(),
        Refusal::NoMethod(_) => Code::MethodNotAllowed.into(),
        Refusal::TooLarge => Code::TooLarge.into(),
        Refusal::Database(error) => error.into(),
        Refusal::Broken => Code::UnexpectedFailure.into(),
    }
}

fn problem(refusal: Refusal) -> Problem {
    match refusal {
        Refusal::NoSession => Code::NotSignedIn.into(),
        Refusal::BadToken(error) => Problem::new(Code::NotSignedIn, error.to_string()),
        Refusal::SessionEnded => Problem::new(Code::NotSignedIn, "Your session has ended"),
        Refusal::Banned => Problem::new(Code::NotSignedIn, "Your account is locked"),
        Refusal::NoWorkspace => Problem::new(Code::Forbidden, "You belong to no workspace"),
        Refusal::RoleTooLow => Code::Forbidden.into(),
        Refusal::NoRoute => Code::NotFound.into(),
        Refusal::NoMethod(_) => Code::MethodNotAllowed.into(),
        Refusal::TooLarge => Code::TooLarge.into(),
        Refusal::Database(error) => error.into(),
        Refusal::Broken => Code::Internal.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_the_dialect_of_its_first_folder() {
        for (path, expected) in [
            ("/rest/v1/contacts", Dialect::Rest),
            ("/rest", Dialect::Rest),
            ("/restaurant", Dialect::Page),
            ("/auth/v1/token", Dialect::Auth),
            ("/api/session", Dialect::Api),
            ("/realtime/v1/websocket", Dialect::Api),
            ("/contacts", Dialect::Page),
        ] {
            assert_eq!(Dialect::of(path), expected, "{path}");
        }
    }
}
