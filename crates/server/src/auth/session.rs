//! Opens sessions and keeps them going.
//!
//! In: a user who proved who they are, or a refresh token. Out: the dialect's session JSON.
//! Invariant: a session has one unused refresh token. A used one is honoured again only as a retry: while its successor
//! is unused, or for ten seconds; otherwise somebody copied it, and the session ends.

use chrono::{DateTime, TimeDelta, Utc};
use deadpool_postgres::Transaction;
use serde_json::{Value, json};
use uuid::Uuid;

use super::account::Account;
use super::error::{AuthError, Code};
use super::token::{self, ACCESS_TOKEN_LIFE_S, Claims, Keys, Proof};
use crate::entropy;

const ACCOUNT_BY_ID: &str = include_str!("sql/account_by_id.sql");
const SIGN_IN_ACCOUNT: &str = include_str!("sql/sign_in_account.sql");
const OPEN_SESSION: &str = include_str!("sql/open_session.sql");
const ADD_REFRESH_TOKEN: &str = include_str!("sql/add_refresh_token.sql");
const LOCK_REFRESH_TOKEN: &str = include_str!("sql/lock_refresh_token.sql");
const REFRESH_TOKEN_STATE: &str = include_str!("sql/refresh_token_state.sql");
const REVOKE_REFRESH_TOKEN: &str = include_str!("sql/revoke_refresh_token.sql");
const ACTIVE_REFRESH_TOKEN: &str = include_str!("sql/active_refresh_token.sql");
const TOUCH_SESSION: &str = include_str!("sql/touch_session.sql");
const END_SESSION: &str = include_str!("sql/end_session.sql");

/// A used refresh token is a retry for this long.
const REUSE_GRACE: TimeDelta = TimeDelta::seconds(10);
/// How many refreshes a retry may lie behind.
const LONGEST_CHAIN: usize = 64;

/// What signing a session's tokens takes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Signer<'a> {
    /// The installation's key.
    pub keys: &'a Keys,
    /// The `iss` claim.
    pub issuer: &'a str,
    /// The time now.
    pub now: DateTime<Utc>,
}

/// What became of a refresh.
#[derive(Debug)]
pub(super) enum Refreshed {
    /// The session goes on.
    Session(Value),
    /// The token had been copied; the session was ended, which the caller must commit.
    Ended(Uuid),
}

/// Opens a session for a user who has proved who they are by `method`.
pub(super) async fn open(
    transaction: &Transaction<'_>,
    signer: Signer<'_>,
    user_id: Uuid,
    method: &str,
    user_agent: Option<&str>,
) -> Result<Value, AuthError> {
    let statement = transaction.prepare_cached(SIGN_IN_ACCOUNT).await?;
    let account = Account::from_row(&transaction.query_one(&statement, &[&user_id]).await?)?;
    let statement = transaction.prepare_cached(OPEN_SESSION).await?;
    let session_id: Uuid = transaction.query_one(&statement, &[&user_id, &user_agent]).await?.try_get(0)?;
    let refresh_token = token::opaque(entropy::bytes()?);
    add_refresh_token(transaction, &refresh_token, session_id, None).await?;
    let proof = Proof { method: method.to_owned(), timestamp: signer.now.timestamp() };
    session_json(signer, &account, session_id, proof, &refresh_token)
}

/// Exchanges a refresh token for a new pair.
pub(super) async fn refresh(
    transaction: &Transaction<'_>,
    signer: Signer<'_>,
    refresh_token: &str,
) -> Result<Refreshed, AuthError> {
    let statement = transaction.prepare_cached(LOCK_REFRESH_TOKEN).await?;
    let Some(row) = transaction.query_opt(&statement, &[&token::hash(refresh_token)]).await? else {
        return Err(Code::RefreshTokenNotFound.into());
    };
    let token_id: i64 = row.try_get("id")?;
    let session_id: Uuid = row.try_get("session_id")?;
    let user_id: Uuid = row.try_get("user_id")?;
    let opened_at: DateTime<Utc> = row.try_get("session_created_at")?;
    let account = live_account(transaction, user_id, signer.now).await?;

    let statement = transaction.prepare_cached(REFRESH_TOKEN_STATE).await?;
    let used_at: Option<DateTime<Utc>> = match transaction.query_opt(&statement, &[&token_id]).await? {
        Some(row) => row.try_get("revoked_at")?,
        None => return Err(Code::RefreshTokenNotFound.into()),
    };
    let next = match used_at {
        None => Some(rotate(transaction, signer, refresh_token, token_id, session_id).await?),
        Some(used_at) => retry(transaction, signer, refresh_token, token_id, session_id, used_at).await?,
    };
    let Some(next) = next else {
        let statement = transaction.prepare_cached(END_SESSION).await?;
        transaction.execute(&statement, &[&session_id]).await?;
        return Ok(Refreshed::Ended(session_id));
    };
    let proof = Proof { method: "password".to_owned(), timestamp: opened_at.timestamp() };
    Ok(Refreshed::Session(session_json(signer, &account, session_id, proof, &next)?))
}

async fn live_account(transaction: &Transaction<'_>, user_id: Uuid, now: DateTime<Utc>) -> Result<Account, AuthError> {
    let statement = transaction.prepare_cached(ACCOUNT_BY_ID).await?;
    let Some(row) = transaction.query_opt(&statement, &[&user_id]).await? else {
        return Err(Code::RefreshTokenNotFound.into());
    };
    let account = Account::from_row(&row)?;
    if account.is_banned(now) {
        return Err(Code::UserBanned.into());
    }
    Ok(account)
}

async fn rotate(
    transaction: &Transaction<'_>,
    signer: Signer<'_>,
    refresh_token: &str,
    token_id: i64,
    session_id: Uuid,
) -> Result<String, AuthError> {
    let next = signer.keys.successor(refresh_token)?;
    let statement = transaction.prepare_cached(REVOKE_REFRESH_TOKEN).await?;
    transaction.execute(&statement, &[&token_id, &signer.now]).await?;
    add_refresh_token(transaction, &next, session_id, Some(token_id)).await?;
    let statement = transaction.prepare_cached(TOUCH_SESSION).await?;
    transaction.execute(&statement, &[&session_id, &signer.now]).await?;
    Ok(next)
}

/// The active token, if a used one may still ask for it.
async fn retry(
    transaction: &Transaction<'_>,
    signer: Signer<'_>,
    refresh_token: &str,
    token_id: i64,
    session_id: Uuid,
    used_at: DateTime<Utc>,
) -> Result<Option<String>, AuthError> {
    let statement = transaction.prepare_cached(ACTIVE_REFRESH_TOKEN).await?;
    let Some(active) = transaction.query_opt(&statement, &[&session_id]).await? else {
        return Ok(None);
    };
    let active_hash: Vec<u8> = active.try_get("token_hash")?;
    let parent_id: Option<i64> = active.try_get("parent_id")?;
    if parent_id != Some(token_id) && used_at + REUSE_GRACE < signer.now {
        return Ok(None);
    }
    let mut candidate = signer.keys.successor(refresh_token)?;
    for _ in 0..LONGEST_CHAIN {
        if token::hash(&candidate) == active_hash {
            return Ok(Some(candidate));
        }
        candidate = signer.keys.successor(&candidate)?;
    }
    Ok(None)
}

async fn add_refresh_token(
    transaction: &Transaction<'_>,
    refresh_token: &str,
    session_id: Uuid,
    parent_id: Option<i64>,
) -> Result<(), AuthError> {
    let statement = transaction.prepare_cached(ADD_REFRESH_TOKEN).await?;
    transaction.query_one(&statement, &[&token::hash(refresh_token), &session_id, &parent_id]).await?;
    Ok(())
}

fn session_json(
    signer: Signer<'_>,
    account: &Account,
    session_id: Uuid,
    proof: Proof,
    refresh_token: &str,
) -> Result<Value, AuthError> {
    let iat = signer.now.timestamp();
    let exp = iat + ACCESS_TOKEN_LIFE_S;
    let claims = Claims {
        iss: signer.issuer.to_owned(),
        sub: account.id,
        aud: "authenticated".to_owned(),
        exp,
        iat,
        email: account.email.clone().unwrap_or_default(),
        phone: String::new(),
        app_metadata: account.app_metadata.clone(),
        user_metadata: account.user_metadata.clone(),
        role: "authenticated".to_owned(),
        aal: "aal1".to_owned(),
        amr: vec![proof],
        session_id,
        is_anonymous: false,
    };
    Ok(json!({
        "access_token": signer.keys.sign(&claims)?,
        "token_type": "bearer",
        "expires_in": ACCESS_TOKEN_LIFE_S,
        "expires_at": exp,
        "refresh_token": refresh_token,
        "user": account.to_json(),
    }))
}
