//! The keys that signatures are checked with: a shared secret, a JSON Web Key, or a set of them.
//!
//! In: a secret's bytes; later a token. Out: the token's claims.
//! Invariant: a key is only tried with the algorithms of its kind, so a public key never passes for a shared secret.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{Jwk, JwkSet};
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde_json::{Map, Value};

use super::TokenError;

/// The shortest secret that cannot be guessed.
const SHORTEST_SECRET: usize = 32;

/// The keys of an installation.
#[derive(Clone)]
pub struct KeyRing(Arc<[Key]>);

#[derive(Clone)]
struct Key {
    id: Option<String>,
    /// The one algorithm that it is for, if it says so.
    algorithm: Option<Algorithm>,
    key: DecodingKey,
}

impl KeyRing {
    /// Reads a secret: JSON of a key or a set of keys, or else the bytes that both sides share.
    pub fn new(secret: &[u8]) -> Result<Self, &'static str> {
        let keys = match serde_json::from_slice::<Value>(secret) {
            Ok(json @ Value::Object(_)) => web_keys(json)?,
            _ if secret.len() < SHORTEST_SECRET => return Err("it must be at least 32 characters long"),
            _ => vec![Key { id: None, algorithm: None, key: DecodingKey::from_secret(secret) }],
        };
        Ok(Self(keys.into()))
    }

    /// The claims of a token that one of the keys has signed.
    pub fn open(&self, token: &str) -> Result<Map<String, Value>, TokenError> {
        if token.is_empty() {
            return Err(TokenError::Empty);
        }
        let parts: Vec<&str> = token.split('.').collect();
        let &[header, claims, signature] = parts.as_slice() else { return Err(TokenError::Parts(parts.len())) };
        let header = object(header).ok_or(TokenError::Unreadable)?;
        let name = header.get("alg").and_then(Value::as_str).ok_or(TokenError::Algorithm)?;
        let algorithm: Algorithm = name.parse().map_err(|_| TokenError::Algorithm)?;
        let id = header.get("kid").and_then(Value::as_str);
        let fits = |key: &&Key| {
            key.key.family().algorithms().contains(&algorithm)
                && key.algorithm.is_none_or(|only| only == algorithm)
                && (id.is_none() || key.id.is_none() || key.id.as_deref() == id)
        };
        let mut fitting = self.0.iter().filter(fits).peekable();
        if fitting.peek().is_none() {
            return Err(TokenError::NoKey);
        }
        let signed = token.rsplit_once('.').map_or("", |(signed, _)| signed).as_bytes();
        let made = |key: &Key| crypto::verify(signature, signed, &key.key, algorithm).unwrap_or(false);
        if !fitting.any(made) {
            return Err(TokenError::WrongKey);
        }
        object(claims).ok_or(TokenError::Claims)
    }
}

fn web_keys(json: Value) -> Result<Vec<Key>, &'static str> {
    let bad = |_| "it is JSON, yet neither a JSON Web Key nor a set of them";
    let keys = match json.get("keys") {
        Some(_) => serde_json::from_value::<JwkSet>(json).map_err(bad)?.keys,
        None => vec![serde_json::from_value::<Jwk>(json).map_err(bad)?],
    };
    keys.iter().map(web_key).collect()
}

fn web_key(jwk: &Jwk) -> Result<Key, &'static str> {
    Ok(Key {
        id: jwk.common.key_id.clone(),
        algorithm: jwk.common.key_algorithm.and_then(|algorithm| algorithm.to_string().parse().ok()),
        key: DecodingKey::from_jwk(jwk).map_err(|_| "it holds a key of a kind that is not supported")?,
    })
}

fn object(part: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeyRing({} keys)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"a secret that is thirty-two long";

    fn signed(claims: &str, secret: &[u8], algorithm: Algorithm) -> String {
        let header = format!(r#"{{"alg":"{algorithm:?}"}}"#);
        let body = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let key = jsonwebtoken::EncodingKey::from_secret(secret);
        format!("{body}.{}", crypto::sign(body.as_bytes(), &key, algorithm).unwrap())
    }

    #[test]
    fn a_shared_secret_opens_what_it_signed() {
        let keys = KeyRing::new(SECRET).unwrap();
        for algorithm in [Algorithm::HS256, Algorithm::HS384, Algorithm::HS512] {
            let claims = keys.open(&signed(r#"{"role":"ann"}"#, SECRET, algorithm)).unwrap();
            assert_eq!(claims.get("role").and_then(Value::as_str), Some("ann"));
        }
    }

    #[test]
    fn a_token_that_proves_nothing_says_why() {
        let keys = KeyRing::new(SECRET).unwrap();
        let none = format!("{}.e30.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
        let foreign = signed("{}", b"another secret, thirty-two long.", Algorithm::HS256);
        let list = signed("[]", SECRET, Algorithm::HS256);
        let public = format!("{}.e30.x", URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#));
        for (token, expected) in [
            ("", TokenError::Empty),
            ("a.b", TokenError::Parts(2)),
            ("a.b.c", TokenError::Unreadable),
            (&none, TokenError::Algorithm),
            (&public, TokenError::NoKey),
            (&foreign, TokenError::WrongKey),
            (&list, TokenError::Claims),
        ] {
            assert_eq!(keys.open(token).unwrap_err(), expected, "{token}");
        }
    }

    #[test]
    fn a_web_key_is_used_for_its_own_algorithm_only() {
        let encoded = URL_SAFE_NO_PAD.encode(SECRET);
        let one = format!(r#"{{"kty":"oct","alg":"HS256","k":"{encoded}","kid":"a"}}"#);
        for json in [one.clone(), format!(r#"{{"keys":[{one}]}}"#)] {
            let keys = KeyRing::new(json.as_bytes()).unwrap();
            assert!(keys.open(&signed("{}", SECRET, Algorithm::HS256)).is_ok());
            assert_eq!(keys.open(&signed("{}", SECRET, Algorithm::HS512)).unwrap_err(), TokenError::NoKey);
        }
        assert!(KeyRing::new(br#"{"keys":[{"kty":"new"}]}"#).is_err());
    }
}
