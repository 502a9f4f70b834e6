//! `/auth/v1/user`: users read and change their own account.
//!
//! In: a live session. Out: user JSON.
//! Invariant: a new password ends every other session of the user.

use axum::Json;
use axum::extract::State;
use deadpool_postgres::Transaction;
use serde::Deserialize;
use serde_json::{Map, Value};
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::account::Account;
use super::body::{self, Body};
use super::error::{AuthError, Code};
use crate::app::App;
use crate::http::extract::Caller;

const ACCOUNT_BY_ID: &str = include_str!("sql/account_by_id.sql");
const CHANGE_ACCOUNT: &str = include_str!("sql/change_account.sql");
const END_ALL_SESSIONS: &str = include_str!("sql/end_all_sessions.sql");
const NAME_MEMBER: &str = include_str!("sql/name_member.sql");

/// `GET /auth/v1/user`: the caller's account.
pub async fn read_user(State(app): State<App>, caller: Caller) -> Result<Json<Value>, AuthError> {
    let client = app.pg.system().await?;
    let statement = client.prepare_cached(ACCOUNT_BY_ID).await?;
    match client.query_opt(&statement, &[&caller.user_id]).await? {
        Some(row) => Ok(Json(Account::from_row(&row)?.to_json())),
        None => Err(Code::UserNotFound.into()),
    }
}

/// What a user wants to change; what is missing stays.
#[derive(Debug, Deserialize)]
pub struct Changes {
    email: Option<String>,
    password: Option<String>,
    data: Option<Map<String, Value>>,
}

/// `PUT /auth/v1/user`: changes the caller's account.
pub async fn change_user(
    State(app): State<App>,
    caller: Caller,
    Body(changes): Body<Changes>,
) -> Result<Json<Value>, AuthError> {
    let mut client = app.pg.system().await?;
    let statement = client.prepare_cached(ACCOUNT_BY_ID).await?;
    let Some(row) = client.query_opt(&statement, &[&caller.user_id]).await? else {
        return Err(Code::UserNotFound.into());
    };
    let account = Account::from_row(&row)?;
    let email = changes.email.map(|email| body::email(Some(email))).transpose()?;
    let password_hash = match changes.password {
        Some(password) => Some(new_hash(&app, &account, password).await?),
        None => None,
    };
    let metadata = match changes.data {
        Some(data) => Some(Value::Object(body::metadata(merged(&account.user_metadata, data))?)),
        None => None,
    };

    let transaction = client.transaction().await?;
    let statement = transaction.prepare_cached(CHANGE_ACCOUNT).await?;
    let row = transaction.query_one(&statement, &[&caller.user_id, &email, &password_hash, &metadata]).await.map_err(
        |error| match error.code() {
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => Code::EmailExists.into(),
            _ => AuthError::from(error),
        },
    )?;
    let account = Account::from_row(&row)?;
    if email.is_some() || metadata.is_some() {
        transaction.execute(NAME_MEMBER, &[&caller.user_id, &account.email, &account.full_name()]).await?;
    }
    let ended = if password_hash.is_some() { end_others(&transaction, &caller).await? } else { Vec::new() };
    transaction.commit().await?;
    for session_id in ended {
        app.sessions.forget_session(session_id);
    }
    Ok(Json(account.to_json()))
}

async fn new_hash(app: &App, account: &Account, password: String) -> Result<String, AuthError> {
    let password = body::new_password(Some(password))?;
    if account.encrypted_password.is_some()
        && app.auth.passwords.verify(password.clone(), account.encrypted_password.clone()).await?
    {
        return Err(Code::SamePassword.into());
    }
    Ok(app.auth.passwords.hash(password).await?)
}

async fn end_others(transaction: &Transaction<'_>, caller: &Caller) -> Result<Vec<Uuid>, AuthError> {
    let rows = transaction.query(END_ALL_SESSIONS, &[&caller.user_id, &Some(caller.session_id)]).await?;
    rows.iter().map(|row| row.try_get(0).map_err(AuthError::from)).collect()
}

/// The new fields over the old; a null takes a field away.
fn merged(old: &Map<String, Value>, new: Map<String, Value>) -> Map<String, Value> {
    let mut fields = old.clone();
    for (name, value) in new {
        if value.is_null() {
            fields.shift_remove(&name);
        } else {
            fields.insert(name, value);
        }
    }
    fields
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_null_takes_a_metadata_field_away() {
        let old = json!({ "full_name": "Ann", "theme": "dark" });
        let new = json!({ "theme": null, "locale": "de" });
        let fields = merged(old.as_object().unwrap(), new.as_object().unwrap().clone());
        assert_eq!(Value::Object(fields), json!({ "full_name": "Ann", "locale": "de" }));
    }
}
