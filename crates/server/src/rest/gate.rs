//! Who asks: from the bearer token to the role that statements run as.
//!
//! In: `Authorization`. Out: a [`Bearer`] in the request's extensions, or the dialect's refusal.
//! Invariant: a token is believed only when its signature, its times and its audience hold.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

use super::Door;
use super::token::{TokenError, check};
use crate::clock;
use crate::data::error::DataError;
use crate::http::dialect::Refusal;
use crate::http::timing::{Phase, Timing};

/// Who asks.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The role that their statements run as.
    pub(super) role: Arc<str>,
    /// The token's claims as JSON, the role among them.
    pub(super) claims: Arc<str>,
    /// Is it the role of requests without a token.
    pub(super) is_anonymous: bool,
}

/// Lets a request through with who it comes from.
pub(super) async fn guard(State(door): State<Door>, mut request: Request, next: Next) -> Response {
    let started = std::time::Instant::now();
    let bearer = identify(&door, request.headers());
    if let Some(timing) = request.extensions().get::<Timing>() {
        timing.add(Phase::Auth, started.elapsed());
    }
    match bearer {
        Ok(bearer) => {
            request.extensions_mut().insert(bearer);
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

fn identify(door: &Door, headers: &HeaderMap) -> Result<Bearer, DataError> {
    let settings = door.settings();
    let mut claims = match token(headers)? {
        None => Map::new(),
        Some(token) => {
            let keys = settings.tokens.keys.as_ref().ok_or_else(|| {
                DataError::new(StatusCode::INTERNAL_SERVER_ERROR, "PGRST300", "Server lacks JWT secret")
            })?;
            let claims = keys.open(token)?;
            check(&claims, settings.tokens.audience.as_deref(), clock::now().timestamp())?;
            claims
        }
    };
    let named = settings.tokens.role_path.find(&claims);
    let role = named.or_else(|| settings.anon_role.clone()).ok_or(Refusal::NoSession)?;
    claims.insert("role".to_owned(), Value::String(role.clone()));
    Ok(Bearer {
        is_anonymous: settings.anon_role.as_ref() == Some(&role),
        role: role.into(),
        claims: Value::Object(claims).to_string().into(),
    })
}

/// The bearer token, if the header is there.
fn token(headers: &HeaderMap) -> Result<Option<&str>, TokenError> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let value = value.to_str().map_err(|_not_ascii| TokenError::Unreadable)?;
    let (scheme, token) = value.split_once(' ').unwrap_or((value, ""));
    Ok(scheme.eq_ignore_ascii_case("bearer").then(|| token.trim()))
}
