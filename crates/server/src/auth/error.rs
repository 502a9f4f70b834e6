//! What can go wrong in `/auth/v1`, in GoTrue's words.
//!
//! In: a code from the one table, perhaps other words, perhaps a cause. Out: the dialect's JSON.
//! Invariant: every code has one status; causes are logged once, here, and never sent.

use std::borrow::Cow;
use std::error::Error as StdError;

use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::pg::PgError;

/// The header that tells a client which error it is without reading the body.
pub const ERROR_CODE: HeaderName = HeaderName::from_static("x-sb-error-code");

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $code:literal $status:literal $message:literal;)*) => {
        /// What went wrong.
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

            fn message(self) -> &'static str {
                match self { $(Self::$name => $message,)* }
            }
        }
    };
}

codes! {
    /// The body is not JSON.
    BadJson "bad_json" 400 "Could not parse request body as JSON";
    /// A field is missing or has a value that cannot be.
    ValidationFailed "validation_failed" 400 "The request is not valid";
    /// Wrong address or wrong password; which one is not said.
    InvalidCredentials "invalid_credentials" 400 "Invalid login credentials";
    /// The account is locked.
    UserBanned "user_banned" 400 "User is banned";
    /// The refresh token was never given out, or its session has ended.
    RefreshTokenNotFound "refresh_token_not_found" 400 "Invalid Refresh Token: Refresh Token Not Found";
    /// The refresh token was used before, too long ago to be a retry; the session is ended.
    RefreshTokenAlreadyUsed "refresh_token_already_used" 400 "Invalid Refresh Token: Already Used";
    /// No token where one is needed.
    NoAuthorization "no_authorization" 401 "This endpoint requires a valid Bearer token";
    /// The token proves nothing.
    BadJwt "bad_jwt" 403 "invalid JWT: unable to parse or verify signature";
    /// The token's user has been locked since.
    UserBannedNow "user_banned" 403 "User is banned";
    /// The token's user is gone.
    UserNotFound "user_not_found" 403 "User from sub claim in JWT does not exist";
    /// The token's session has ended.
    SessionNotFound "session_not_found" 403 "Session from session_id claim in JWT does not exist";
    /// The one-time token is unknown, used or too old.
    OtpExpired "otp_expired" 403 "Token has expired or is invalid";
    /// The route is for administrators.
    NotAdmin "not_admin" 403 "User not allowed";
    /// There is no such route.
    NotFound "not_found" 404 "There is no such endpoint";
    /// The route exists, the method does not.
    MethodNotAllowed "method_not_allowed" 405 "The endpoint does not know this method";
    /// The body is too large.
    TooLarge "request_too_large" 413 "The request body is too large";
    /// The address has an account.
    UserAlreadyExists "user_already_exists" 422 "User already registered";
    /// The address belongs to somebody else.
    EmailExists "email_exists" 422 "A user with this email address has already been registered";
    /// Nobody may sign up without an invitation.
    SignupDisabled "signup_disabled" 422 "Signups not allowed for this instance";
    /// The password is too easy to guess.
    WeakPassword "weak_password" 422 "Password is too weak";
    /// The new password is the old one.
    SamePassword "same_password" 422 "New password should be different from the old password.";
    /// There is no sign-in without an address.
    AnonymousDisabled "anonymous_provider_disabled" 422 "Anonymous sign-ins are disabled";
    /// There is no sign-in by telephone.
    PhoneDisabled "phone_provider_disabled" 422 "Phone logins are disabled";
    /// Too many attempts.
    OverRequestRateLimit "over_request_rate_limit" 429 "Request rate limit reached";
    /// Our fault.
    UnexpectedFailure "unexpected_failure" 500 "Unexpected failure, please check server logs for more information";
    /// The database does not answer; a retry may help.
    Unavailable "request_timeout" 503 "The server cannot reach its database, please try again";
}

/// An error of an `/auth/v1` route.
#[derive(Debug, thiserror::Error)]
#[error("{}", .code.as_str())]
pub struct AuthError {
    /// What went wrong.
    pub code: Code,
    message: Cow<'static, str>,
    weak_password_reasons: &'static [&'static str],
    #[source]
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl From<Code> for AuthError {
    fn from(code: Code) -> Self {
        Self::new(code, code.message())
    }
}

impl AuthError {
    /// A code with words of its own.
    pub fn new(code: Code, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into(), weak_password_reasons: &[], cause: None }
    }

    /// A failure of ours.
    pub fn unexpected(cause: impl StdError + Send + Sync + 'static) -> Self {
        Self { cause: Some(Box::new(cause)), ..Self::from(Code::UnexpectedFailure) }
    }

    /// A password that is too short.
    pub fn short_password(least: usize) -> Self {
        Self {
            weak_password_reasons: &["length"],
            ..Self::new(Code::WeakPassword, format!("Password should be at least {least} characters."))
        }
    }

    /// The body, in the form of the API version 2024-01-01 or in the older one.
    pub(crate) fn body(&self, dated: bool) -> Value {
        let mut body = if dated {
            json!({ "code": self.code.as_str(), "message": self.message })
        } else {
            json!({ "code": self.code.status().as_u16(), "error_code": self.code.as_str(), "msg": self.message })
        };
        if let (false, Value::Object(fields)) = (self.weak_password_reasons.is_empty(), &mut body) {
            fields.insert("weak_password".to_owned(), json!({ "reasons": self.weak_password_reasons }));
        }
        body
    }
}

/// What an error response carries besides its bytes, so that the dialect layer can choose the older form.
#[derive(Clone)]
pub(crate) struct OlderBody(pub(crate) Value);

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        if let Some(cause) = &self.cause {
            tracing::error!(error = cause.as_ref() as &dyn StdError, "a sign-in route failed");
        }
        let mut response = (self.code.status(), axum::Json(self.body(true))).into_response();
        response.headers_mut().insert(ERROR_CODE, HeaderValue::from_static(self.code.as_str()));
        response.extensions_mut().insert(OlderBody(self.body(false)));
        response
    }
}

impl From<PgError> for AuthError {
    fn from(error: PgError) -> Self {
        let away = matches!(error, PgError::Unavailable(_) | PgError::Lost(_) | PgError::PoolTimeout);
        let code = if away { Code::Unavailable } else { Code::UnexpectedFailure };
        Self { cause: Some(Box::new(error)), ..Self::from(code) }
    }
}

impl From<tokio_postgres::Error> for AuthError {
    fn from(error: tokio_postgres::Error) -> Self {
        let code = if error.is_closed() { Code::Unavailable } else { Code::UnexpectedFailure };
        Self { cause: Some(Box::new(error)), ..Self::from(code) }
    }
}

impl From<super::password::PasswordError> for AuthError {
    fn from(error: super::password::PasswordError) -> Self {
        Self::unexpected(error)
    }
}

impl From<crate::entropy::NoEntropy> for AuthError {
    fn from(error: crate::entropy::NoEntropy) -> Self {
        Self::unexpected(error)
    }
}

impl From<jsonwebtoken::errors::Error> for AuthError {
    fn from(error: jsonwebtoken::errors::Error) -> Self {
        Self::unexpected(error)
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
