//! Reads the small JSON bodies of sign-in routes, and judges what stands in them.
//!
//! In: a request. Out: a typed value, or an error that says what is wrong with it.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::error::{AuthError, Code};

const MOST_BYTES: usize = 64 * 1024;
/// Metadata travels in every token, so it stays small.
const MOST_METADATA_BYTES: usize = 4 * 1024;
/// The shortest password that is accepted.
pub(super) const SHORTEST_PASSWORD: usize = 8;
const LONGEST_PASSWORD_BYTES: usize = 1024;
const LONGEST_EMAIL_BYTES: usize = 254;

/// A JSON body.
pub struct Body<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = AuthError;

    async fn from_request(request: Request, _state: &S) -> Result<Self, AuthError> {
        let bytes = to_bytes(request.into_body(), MOST_BYTES).await.map_err(|_| AuthError::from(Code::TooLarge))?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| match error.classify() {
            Category::Data => AuthError::new(Code::ValidationFailed, format!("A field has the wrong type: {error}")),
            _ => Code::BadJson.into(),
        })
    }
}

/// An address in the form it is kept in.
pub(super) fn email(given: Option<String>) -> Result<String, AuthError> {
    let email = given.unwrap_or_default().trim().to_lowercase();
    if email.is_empty() {
        return Err(AuthError::new(Code::ValidationFailed, "missing email or phone"));
    }
    let plausible =
        email.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'));
    if !plausible || email.len() > LONGEST_EMAIL_BYTES || email.contains(|c: char| c.is_whitespace() || c.is_control())
    {
        return Err(AuthError::new(Code::ValidationFailed, "Unable to validate email address: invalid format"));
    }
    Ok(email)
}

/// A password for a new or changed account.
pub(super) fn new_password(given: Option<String>) -> Result<String, AuthError> {
    let password = given.unwrap_or_default();
    if password.is_empty() {
        return Err(AuthError::new(Code::ValidationFailed, "Signup requires a valid password"));
    }
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(AuthError::short_password(SHORTEST_PASSWORD));
    }
    if password.len() > LONGEST_PASSWORD_BYTES {
        return Err(AuthError::new(
            Code::ValidationFailed,
            format!("Password cannot be longer than {LONGEST_PASSWORD_BYTES} bytes"),
        ));
    }
    Ok(password)
}

/// What users say about themselves must fit into a token and into the database.
pub(super) fn metadata(fields: Map<String, Value>) -> Result<Map<String, Value>, AuthError> {
    let text = Value::Object(fields.clone()).to_string();
    if text.len() > MOST_METADATA_BYTES {
        return Err(AuthError::new(
            Code::ValidationFailed,
            format!("data cannot be larger than {MOST_METADATA_BYTES} bytes"),
        ));
    }
    if text.contains("\\u0000") {
        return Err(AuthError::new(Code::ValidationFailed, "data cannot hold the character U+0000"));
    }
    Ok(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_kept_in_lower_case() {
        assert_eq!(email(Some(" Ann@Example.ORG ".to_owned())).unwrap(), "ann@example.org");
        for bad in ["", "ann", "@example.org", "ann@", "a b@example.org", "a@b@c", "a\u{0}@b"] {
            assert_eq!(email(Some(bad.to_owned())).unwrap_err().code, Code::ValidationFailed, "{bad:?}");
        }
    }

    #[test]
    fn a_short_password_says_how_long_it_must_be() {
        let error = new_password(Some("1234567".to_owned())).unwrap_err();
        assert_eq!(error.code, Code::WeakPassword);
        assert_eq!(error.body(true)["weak_password"]["reasons"][0], "length");
        assert!(new_password(Some("12345678".to_owned())).is_ok());
    }
}
