//! `POST /auth/v1/token`: a password or a refresh token becomes a session.
//!
//! In: credentials. Out: session JSON.
//! Invariant: attempts are counted before a password is hashed, and a wrong address takes as long as a wrong password.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde::Deserialize;
use serde_json::Value;

use super::account::Account;
use super::body::{self, Body};
use super::error::{AuthError, Code};
use super::session::{self, Refreshed};
use crate::app::App;
use crate::clock;
use crate::http::extract::ClientAddress;

const ACCOUNT_BY_EMAIL: &str = include_str!("sql/account_by_email.sql");

/// How the caller proves who they are.
#[derive(Debug, Deserialize)]
pub struct GrantType {
    grant_type: Option<String>,
}

/// The credentials of either grant type.
#[derive(Debug, Deserialize)]
pub struct Credentials {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    refresh_token: Option<String>,
}

/// `POST /auth/v1/token?grant_type=…`
pub async fn token(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    Query(grant): Query<GrantType>,
    headers: HeaderMap,
    Body(credentials): Body<Credentials>,
) -> Result<Json<Value>, AuthError> {
    match grant.grant_type.as_deref() {
        Some("password") => {
            app.auth.throttle.admit(address)?;
            by_password(&app, address, &headers, credentials).await
        }
        Some("refresh_token") => by_refresh_token(&app, credentials).await,
        _ => Err(AuthError::new(Code::ValidationFailed, "unsupported_grant_type")),
    }
    .map(Json)
}

async fn by_password(
    app: &App,
    address: std::net::IpAddr,
    headers: &HeaderMap,
    credentials: Credentials,
) -> Result<Value, AuthError> {
    if credentials.email.is_none() && credentials.phone.is_some_and(|phone| !phone.is_empty()) {
        return Err(Code::PhoneDisabled.into());
    }
    let email = body::email(credentials.email)?;
    app.auth.throttle.admit_account(address, &email)?;
    let account = {
        let client = app.pg.system().await?;
        let statement = client.prepare_cached(ACCOUNT_BY_EMAIL).await?;
        let row = client.query_opt(&statement, &[&email]).await?;
        row.as_ref().map(Account::from_row).transpose()?
    };
    let hash = account.as_ref().and_then(|account| account.encrypted_password.clone());
    let matches = app.auth.passwords.verify(credentials.password.unwrap_or_default(), hash).await?;
    let Some(account) = account.filter(|_| matches) else {
        return Err(Code::InvalidCredentials.into());
    };
    let now = clock::now();
    if account.is_banned(now) {
        return Err(Code::UserBanned.into());
    }
    let mut client = app.pg.system().await?;
    let transaction = client.transaction().await?;
    let session =
        session::open(&transaction, app.auth.signer(now), account.id, "password", user_agent(headers)).await?;
    transaction.commit().await?;
    Ok(session)
}

async fn by_refresh_token(app: &App, credentials: Credentials) -> Result<Value, AuthError> {
    let Some(refresh_token) = credentials.refresh_token.filter(|token| !token.is_empty()) else {
        return Err(AuthError::new(Code::ValidationFailed, "refresh_token required"));
    };
    let mut client = app.pg.system().await?;
    let transaction = client.transaction().await?;
    let refreshed = session::refresh(&transaction, app.auth.signer(clock::now()), &refresh_token).await?;
    transaction.commit().await?;
    match refreshed {
        Refreshed::Session(session) => Ok(session),
        Refreshed::Ended(session_id) => {
            app.sessions.forget_session(session_id);
            Err(Code::RefreshTokenAlreadyUsed.into())
        }
    }
}

/// The client's own name, shortened: it is shown in the list of sessions.
pub(super) fn user_agent(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get(axum::http::header::USER_AGENT)?.to_str().ok()?;
    Some(text.get(..200).unwrap_or(text))
}
