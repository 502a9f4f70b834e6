//! What anybody may know about sign-in here.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::error::AuthError;
use crate::app::App;
use crate::config::{DEFAULT_DEMO_PASSWORD, SignUp};

/// `GET /auth/v1/health`: it is here.
pub async fn health() -> Json<Value> {
    Json(json!({
        "name": "Rapport",
        "version": env!("CARGO_PKG_VERSION"),
        "description": "Rapport signs users in",
    }))
}

const IS_UNCLAIMED: &str = include_str!("sql/is_unclaimed.sql");

/// `GET /auth/v1/settings`: which ways of signing in there are, whether the first account is still to be made
/// (`first_run`), and whether the well-known accounts of the demo can be used (`demo`).
pub async fn settings(State(app): State<App>) -> Json<Value> {
    Json(json!({
        "external": { "email": true, "phone": false, "anonymous_users": false },
        "disable_signup": app.config.auth.sign_up == SignUp::Invited,
        "mailer_autoconfirm": true,
        "phone_autoconfirm": false,
        "sms_provider": "",
        "saml_enabled": false,
        "first_run": is_unclaimed(&app).await.unwrap_or(false),
        "demo": app.config.demo.enabled && app.config.demo.password == DEFAULT_DEMO_PASSWORD,
    }))
}

async fn is_unclaimed(app: &App) -> Result<bool, AuthError> {
    let client = app.pg.system().await?;
    Ok(client.query_one(IS_UNCLAIMED, &[]).await?.try_get(0)?)
}

/// `GET /auth/v1/.well-known/jwks.json`: no public keys, because tokens are signed with a shared secret.
pub async fn jwks() -> impl IntoResponse {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=600"));
    (headers, Json(json!({ "keys": [] })))
}
