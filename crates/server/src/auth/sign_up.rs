//! `POST /auth/v1/signup`: a new user, and for the first one the workspace.
//!
//! In: address, password and what the user says about themselves. Out: session JSON.
//! Invariant: on an installation with users, nobody enters without an invitation unless the operator opened it; an
//! invitation is proven by its token, never by knowing the address.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::account::Account;
use super::body::{self, Body};
use super::error::{AuthError, Code};
use super::one_time::{self, Purpose};
use super::sign_in::user_agent;
use super::{recovery, session};
use crate::app::App;
use crate::clock;
use crate::config::SignUp;
use crate::http::extract::ClientAddress;
use crate::workspaces::{self, NewOwner, NewWorkspace};

const ACCOUNT_BY_EMAIL: &str = include_str!("sql/account_by_email.sql");
const ADD_ACCOUNT: &str = include_str!("sql/add_account.sql");
const CHANGE_ACCOUNT: &str = include_str!("sql/change_account.sql");
const IS_UNCLAIMED: &str = include_str!("sql/is_unclaimed.sql");
const LOCK_SIGN_UP: &str = include_str!("sql/lock_sign_up.sql");

/// Who wants to join.
#[derive(Debug, Deserialize)]
pub struct Newcomer {
    email: Option<String>,
    phone: Option<String>,
    password: Option<String>,
    data: Option<Map<String, Value>>,
}

/// `POST /auth/v1/signup`
pub async fn sign_up(
    State(app): State<App>,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    Body(newcomer): Body<Newcomer>,
) -> Result<Json<Value>, AuthError> {
    app.auth.throttle.admit(address)?;
    if newcomer.email.is_none() && newcomer.password.is_none() {
        return Err(Code::AnonymousDisabled.into());
    }
    if newcomer.email.is_none() && newcomer.phone.is_some() {
        return Err(Code::PhoneDisabled.into());
    }
    let email = body::email(newcomer.email)?;
    let password = body::new_password(newcomer.password)?;
    let mut metadata = body::metadata(newcomer.data.unwrap_or_default())?;
    let invite_token = taken(&mut metadata, "invite_token");
    let workspace_name = taken(&mut metadata, "workspace_name");

    let now = clock::now();
    let mut client = app.pg.system().await?;
    // Hashing is slow and the lock below is shared: first see whether it can succeed at all.
    let unclaimed = client.query_one(IS_UNCLAIMED, &[]).await?.try_get::<_, bool>(0)?;
    if !unclaimed && invite_token.is_none() && app.config.auth.sign_up == SignUp::Invited {
        return Err(Code::SignupDisabled.into());
    }
    let hash = app.auth.passwords.hash(password).await?;
    let transaction = client.transaction().await?;
    let user_id = match &invite_token {
        Some(token) => {
            let spent = one_time::spend(&transaction, token, Purpose::Invite, now)
                .await?
                .ok_or_else(|| AuthError::new(Code::OtpExpired, "The invitation is invalid or has expired"))?;
            recovery::activate(&transaction, spent, Some(&email)).await?;
            let nothing: Option<&str> = None;
            let metadata = Value::Object(metadata);
            transaction.execute(CHANGE_ACCOUNT, &[&spent.user_id, &nothing, &hash, &metadata]).await?;
            spent.user_id
        }
        None => found(&transaction, &app, email, hash, metadata, workspace_name).await?,
    };
    let session = session::open(&transaction, app.auth.signer(now), user_id, "password", user_agent(&headers)).await?;
    transaction.commit().await?;
    app.sessions.forget_user(user_id);
    Ok(Json(session))
}

/// A new account with a workspace of its own.
async fn found(
    transaction: &Transaction<'_>,
    app: &App,
    email: String,
    hash: String,
    metadata: Map<String, Value>,
    workspace_name: Option<String>,
) -> Result<Uuid, AuthError> {
    transaction.execute(LOCK_SIGN_UP, &[]).await?;
    let unclaimed = transaction.query_one(IS_UNCLAIMED, &[]).await?.try_get::<_, bool>(0)?;
    if !unclaimed && app.config.auth.sign_up == SignUp::Invited {
        return Err(Code::SignupDisabled.into());
    }
    if transaction.query_opt(ACCOUNT_BY_EMAIL, &[&email]).await?.is_some() {
        return Err(Code::UserAlreadyExists.into());
    }
    let row =
        transaction.query_one(ADD_ACCOUNT, &[&email, &hash, &Value::Object(metadata)]).await.map_err(taken_email)?;
    let account = Account::from_row(&row)?;
    let full_name = account.full_name();
    let name = workspace_name.unwrap_or_else(|| format!("{full_name}'s workspace"));
    let owner = NewOwner { user_id: account.id, full_name, email: Some(email) };
    workspaces::create(transaction, &NewWorkspace::named(name), Some(&owner)).await?;
    Ok(account.id)
}

fn taken_email(error: tokio_postgres::Error) -> AuthError {
    match error.code() {
        Some(code) if *code == SqlState::UNIQUE_VIOLATION => Code::UserAlreadyExists.into(),
        _ => error.into(),
    }
}

/// Takes a word to the server out of what the user says about themselves.
fn taken(metadata: &mut Map<String, Value>, name: &str) -> Option<String> {
    let value = metadata.shift_remove(name)?;
    value.as_str().map(str::trim).filter(|text| !text.is_empty()).map(|text| text.chars().take(200).collect())
}
