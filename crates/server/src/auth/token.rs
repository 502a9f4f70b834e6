//! Access tokens (JWT, HS256) and refresh tokens.
//!
//! In: claims to sign, or a token somebody sent. Out: a token, or the claims it proves.
//! Invariant: no clock and no randomness of its own; both are arguments. A refresh token is known to its client only: the
//! database keeps its hash, and its successor can be worked out again from it and the key, which is how a client
//! that asks twice gets the same answer twice.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// Clocks of two machines may differ by this much.
const CLOCK_SKEW_S: i64 = 30;
/// How long an access token lives.
pub const ACCESS_TOKEN_LIFE_S: i64 = 3600;

/// How and when somebody proved who they are.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Proof {
    /// `password`, `invite`, `recovery`, ...
    pub method: String,
    /// When, in seconds since 1970.
    pub timestamp: i64,
}

/// What an access token says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// Who signed it.
    pub iss: String,
    /// The user.
    pub sub: Uuid,
    /// Always `authenticated`.
    pub aud: String,
    /// Until when, in seconds since 1970.
    pub exp: i64,
    /// Since when, in seconds since 1970.
    pub iat: i64,
    /// The user's address.
    #[serde(default)]
    pub email: String,
    /// Always empty: there is no sign-in by telephone.
    #[serde(default)]
    pub phone: String,
    /// What the server knows about the user.
    #[serde(default)]
    pub app_metadata: Map<String, Value>,
    /// What the user says about themselves.
    #[serde(default)]
    pub user_metadata: Map<String, Value>,
    /// The role the dialect knows: always `authenticated`.
    pub role: String,
    /// How strongly the user is known: `aal1`.
    #[serde(default)]
    pub aal: String,
    /// The proofs given.
    #[serde(default)]
    pub amr: Vec<Proof>,
    /// The session it belongs to.
    pub session_id: Uuid,
    /// Always false.
    #[serde(default)]
    pub is_anonymous: bool,
}

/// Why a token proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There is none.
    #[error("Empty JWT is sent in Authorization header")]
    Empty,
    /// It is not three parts joined by dots.
    #[error("Expected 3 parts in JWT; got {0}")]
    Parts(usize),
    /// A part of it cannot be read.
    #[error("JWT cryptographic operation failed")]
    Unreadable,
    /// It was signed with another key or by another method.
    #[error("No suitable key or wrong key type")]
    Key,
    /// Its time is over.
    #[error("JWT expired")]
    Expired,
    /// It was made in the future.
    #[error("JWT issued at future")]
    Early,
    /// It was not made for this.
    #[error("JWT not in audience")]
    Audience,
    /// It lacks a claim, or the claim has the wrong type.
    #[error("Parsing claims failed")]
    Claims,
}

/// The installation's signing key.
pub struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(secret)")
    }
}

impl Keys {
    /// Keys from the secret all nodes share.
    pub fn new(secret: &[u8]) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.required_spec_claims.clear();
        validation.validate_exp = false; // Judged below against the time given.
        validation.validate_aud = false;
        Self { encoding: EncodingKey::from_secret(secret), decoding: DecodingKey::from_secret(secret), validation }
    }

    /// Signs claims.
    pub fn sign(&self, claims: &Claims) -> Result<String, jsonwebtoken::errors::Error> {
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &self.encoding)
    }

    /// The claims of a token that this installation signed and whose time has not passed at `now_s`.
    pub fn verify(&self, token: &str, now_s: i64) -> Result<Claims, TokenError> {
        if token.is_empty() {
            return Err(TokenError::Empty);
        }
        let parts = token.split('.').count();
        if parts != 3 {
            return Err(TokenError::Parts(parts));
        }
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &self.validation)
            .map_err(|error| match error.kind() {
                ErrorKind::InvalidSignature | ErrorKind::InvalidAlgorithm | ErrorKind::InvalidAlgorithmName => {
                    TokenError::Key
                }
                ErrorKind::Json(_) => TokenError::Claims,
                _ => TokenError::Unreadable,
            })?
            .claims;
        if claims.exp.saturating_add(CLOCK_SKEW_S) < now_s {
            return Err(TokenError::Expired);
        }
        if claims.iat > now_s.saturating_add(CLOCK_SKEW_S) {
            return Err(TokenError::Early);
        }
        if claims.aud != "authenticated" {
            return Err(TokenError::Audience);
        }
        Ok(claims)
    }

    /// The refresh token that follows another: only who has the key can tell.
    pub fn successor(&self, refresh_token: &str) -> Result<String, jsonwebtoken::errors::Error> {
        let message = format!("refresh token after {refresh_token}");
        jsonwebtoken::crypto::sign(message.as_bytes(), &self.encoding, Algorithm::HS256)
    }
}

/// A token from random bytes, safe in a URL.
pub fn opaque(random: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(random)
}

/// What the database keeps of a token.
pub fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW_S: i64 = 1_800_000_000;

    fn claims() -> Claims {
        Claims {
            iss: "http://localhost/auth/v1".to_owned(),
            sub: Uuid::nil(),
            aud: "authenticated".to_owned(),
            exp: NOW_S + ACCESS_TOKEN_LIFE_S,
            iat: NOW_S,
            email: "ann@example.org".to_owned(),
            phone: String::new(),
            app_metadata: Map::new(),
            user_metadata: Map::new(),
            role: "authenticated".to_owned(),
            aal: "aal1".to_owned(),
            amr: Vec::new(),
            session_id: Uuid::nil(),
            is_anonymous: false,
        }
    }

    fn check(token: &str, now_s: i64, expected: Result<(), TokenError>) {
        let keys = Keys::new(b"one secret");
        assert_eq!(keys.verify(token, now_s).map(|_claims| ()), expected, "{token}");
    }

    #[test]
    fn a_token_proves_its_claims_until_it_expires() {
        let token = Keys::new(b"one secret").sign(&claims()).unwrap();
        check(&token, NOW_S, Ok(()));
        check(&token, NOW_S + ACCESS_TOKEN_LIFE_S + CLOCK_SKEW_S, Ok(()));
        check(&token, NOW_S + ACCESS_TOKEN_LIFE_S + CLOCK_SKEW_S + 1, Err(TokenError::Expired));
        check(&token, NOW_S - CLOCK_SKEW_S - 1, Err(TokenError::Early));
    }

    #[test]
    fn a_token_that_proves_nothing_says_why() {
        check("", NOW_S, Err(TokenError::Empty));
        check("rapport", NOW_S, Err(TokenError::Parts(1)));
        check("a.b.c.d", NOW_S, Err(TokenError::Parts(4)));
        check("a.b.c", NOW_S, Err(TokenError::Unreadable));
        check(&Keys::new(b"another").sign(&claims()).unwrap(), NOW_S, Err(TokenError::Key));
        // {"alg":"none"} and a payload, unsigned.
        check("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.", NOW_S, Err(TokenError::Claims));
    }

    #[test]
    fn the_successor_depends_on_the_token_and_on_the_key() {
        let keys = Keys::new(b"one secret");
        assert_eq!(keys.successor("a").unwrap(), keys.successor("a").unwrap());
        assert_ne!(keys.successor("a").unwrap(), keys.successor("b").unwrap());
        assert_ne!(keys.successor("a").unwrap(), Keys::new(b"other").successor("a").unwrap());
    }
}
