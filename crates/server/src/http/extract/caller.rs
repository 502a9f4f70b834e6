//! Who calls: from the bearer token to the identity that statements run as.
//!
//! In: `Authorization` and `apikey`. Out: a [`Caller`] with a live session, or the reason why there is none.
//! Invariant: workspace and role come from the database, never from the token, so that ending a session or changing a
//! role acts on the next request.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use crate::app::App;
use crate::auth::token::{Claims, TokenError};
use crate::clock;
use crate::http::dialect::{Dialect, Refusal};
use crate::pg::Identity;
use crate::sessions::Membership;

/// Somebody with a live session.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The user.
    pub user_id: Uuid,
    /// The session.
    pub session_id: Uuid,
    /// Their workspace and role; a user may have none.
    pub membership: Option<Membership>,
    /// The token's claims.
    pub claims: Arc<Claims>,
    /// Who their statements run as.
    pub identity: Arc<Identity>,
}

/// Finds out who calls.
pub async fn authenticate(app: &App, headers: &HeaderMap) -> Result<Caller, Refusal> {
    let Some(token) = bearer(headers)? else {
        return Err(Refusal::NoSession);
    };
    let now = clock::now();
    let claims = match app.auth.keys.verify(token, now.timestamp()) {
        Ok(claims) => claims,
        // The official clients send their key as a bearer until somebody signs in.
        Err(_) if headers.get("apikey").is_some_and(|key| key.as_bytes() == token.as_bytes()) => {
            return Err(Refusal::NoSession);
        }
        Err(error) => return Err(Refusal::BadToken(error)),
    };
    let standing = app
        .sessions
        .standing(&app.pg, claims.session_id, claims.sub)
        .await
        .map_err(Refusal::Database)?
        .ok_or(Refusal::SessionEnded)?;
    if standing.banned_until.is_some_and(|until| until > now) {
        return Err(Refusal::Banned);
    }
    let membership = standing.membership;
    let identity = Identity {
        db_role: membership.map_or("anon", |membership| membership.role.db_role()),
        user_id: Some(claims.sub),
        workspace_id: membership.map(|membership| membership.workspace_id),
        workspace_role: membership.map(|membership| membership.role.as_str()),
        claims: payload(token)?,
    };
    Ok(Caller {
        user_id: claims.sub,
        session_id: claims.session_id,
        membership,
        claims: Arc::new(claims),
        identity: Arc::new(identity),
    })
}

/// The bearer token, if the header is there.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, Refusal> {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return Ok(None);
    };
    let value = value.to_str().map_err(|_not_ascii| Refusal::BadToken(TokenError::Unreadable))?;
    let Some((scheme, token)) = value.split_once(' ') else {
        return if value.eq_ignore_ascii_case("bearer") { Err(Refusal::BadToken(TokenError::Empty)) } else { Ok(None) };
    };
    if scheme.eq_ignore_ascii_case("bearer") { Ok(Some(token.trim())) } else { Ok(None) }
}

/// The claims as the token carries them: verified, so they need no second encoding.
fn payload(token: &str) -> Result<Arc<str>, Refusal> {
    let unreadable = || Refusal::BadToken(TokenError::Unreadable);
    let part = token.split('.').nth(1).ok_or_else(unreadable)?;
    let json = URL_SAFE_NO_PAD.decode(part).map_err(|_| unreadable())?;
    Ok(String::from_utf8(json).map_err(|_| unreadable())?.into())
}

impl FromRequestParts<App> for Caller {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Self, Response> {
        parts.extensions.get::<Self>().cloned().ok_or_else(|| Dialect::of(parts.uri.path()).refuse(Refusal::Broken))
    }
}
