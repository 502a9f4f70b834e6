//! Why a token proves nothing, in the dialect's words.

use axum::http::StatusCode;

use crate::data::error::DataError;

/// Why a token proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// The header names the scheme and nothing else.
    #[error("Empty JWT is sent in Authorization header")]
    Empty,
    /// It has not three parts.
    #[error("Expected 3 parts in JWT; got {0}")]
    Parts(usize),
    /// No key is made for its algorithm.
    #[error("No suitable key or wrong key type")]
    NoKey,
    /// None of the keys made its signature.
    #[error("No suitable key or wrong key type")]
    WrongKey,
    /// Its algorithm is none, or one that nobody here knows.
    #[error("Wrong or unsupported encoding algorithm")]
    Algorithm,
    /// Its parts are not what they should be.
    #[error("JWT cryptographic operation failed")]
    Unreadable,
    /// Its claims are no JSON object.
    #[error("Parsing claims failed")]
    Claims,
    /// Its time is over.
    #[error("JWT expired")]
    Expired,
    /// Its time has not come.
    #[error("JWT not yet valid")]
    Early,
    /// It was made in the future.
    #[error("JWT issued at future")]
    IssuedLater,
    /// It is meant for somebody else.
    #[error("JWT not in audience")]
    Audience,
    /// A time is no number.
    #[error("The JWT '{0}' claim must be a number")]
    NotANumber(&'static str),
    /// The audience is neither a text nor a list of texts.
    #[error("The JWT 'aud' claim must be a string or an array of strings")]
    NotAnAudience,
}

impl From<TokenError> for DataError {
    fn from(error: TokenError) -> Self {
        let (code, details) = match error {
            TokenError::NoKey => ("PGRST301", Some("No suitable key was found to decode the JWT")),
            TokenError::WrongKey => ("PGRST301", Some("None of the keys was able to decode the JWT")),
            TokenError::Algorithm => ("PGRST301", Some("JWT is unsecured but expected 'alg' was not 'none'")),
            TokenError::Empty | TokenError::Parts(_) | TokenError::Unreadable => ("PGRST301", None),
            _ => ("PGRST303", None),
        };
        let answer = DataError::new(StatusCode::UNAUTHORIZED, code, error.to_string());
        match details {
            Some(details) => answer.with_details(details),
            None => answer,
        }
    }
}
