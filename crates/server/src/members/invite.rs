//! Inviting somebody, and helping a member who forgot their password.
//!
//! In: an owner or administrator. Out: a membership and a link to hand over.
//! Invariant: nobody grants a role above their own, and a link never opens an account that belongs to somebody already
//! or that reaches into another workspace.

use axum::Json as Answer;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio_postgres::error::SqlState;
use uuid::Uuid;

use super::Role;
use crate::app::App;
use crate::auth::error::AuthError;
use crate::auth::one_time::{self, Purpose};
use crate::clock;
use crate::http::body::Json;
use crate::http::error::{Code, Problem};
use crate::http::extract::Caller;
use crate::sessions::Membership;

const ACCOUNT_FOR_INVITATION: &str = include_str!("sql/account_for_invitation.sql");
const ADD_MEMBERSHIP: &str = include_str!("sql/add_membership.sql");
const INVITED_MEMBER: &str = include_str!("sql/invited_member.sql");
const RECOVERABLE_MEMBER: &str = include_str!("sql/recoverable_member.sql");

/// Whom to invite.
#[derive(Debug, Deserialize)]
pub struct Invitation {
    /// An invited member who needs a new link; everything else is then left as it is.
    membership_id: Option<Uuid>,
    email: Option<String>,
    #[serde(default)]
    full_name: String,
    role: Option<String>,
    team_id: Option<Uuid>,
}

/// `POST /api/members/invite`: a membership, and a link for the person to join by.
pub async fn invite(
    State(app): State<App>,
    caller: Caller,
    Json(invitation): Json<Invitation>,
) -> Result<(StatusCode, Answer<Value>), Problem> {
    let here = membership_of(&caller)?;
    let mut client = app.pg.system().await?;
    let transaction = client.transaction().await?;
    let (membership, user_id, has_account) = match invitation.membership_id {
        Some(id) => {
            let row = transaction.query_opt(INVITED_MEMBER, &[&here.workspace_id, &id]).await?;
            let row = row.ok_or_else(|| Problem::invalid("membership_id", "Nobody is invited under this id"))?;
            (row.try_get::<_, Value>("membership")?, row.try_get::<_, Uuid>("user_id")?, row.try_get("has_account")?)
        }
        None => add(&transaction, &caller, here, invitation).await?,
    };
    let url = if has_account {
        // They sign in with the password they have; a link would open their account to whoever holds it.
        app.config.http.public_url.clone()
    } else {
        let issued = one_time::issue(&transaction, user_id, Purpose::Invite, Some(here.workspace_id), clock::now());
        format!("{}/invite?token={}", app.config.http.public_url, issued.await.map_err(from_auth)?)
    };
    transaction.commit().await?;
    app.sessions.forget_user(user_id);
    Ok((StatusCode::CREATED, Answer(json!({ "membership": membership, "invite_url": url }))))
}

async fn add(
    transaction: &deadpool_postgres::Transaction<'_>,
    caller: &Caller,
    here: Membership,
    invitation: Invitation,
) -> Result<(Value, Uuid, bool), Problem> {
    let email = invitation.email.map(|email| email.trim().to_lowercase()).filter(|email| !email.is_empty());
    let full_name = invitation.full_name.trim().to_owned();
    if email.is_none() && full_name.is_empty() {
        return Err(Problem::invalid("email", "Give an address or a name"));
    }
    if email.as_deref().is_some_and(|email| !looks_like_an_address(email)) {
        return Err(Problem::invalid("email", "This is not a mail address"));
    }
    let role: Role = invitation
        .role
        .as_deref()
        .unwrap_or("member")
        .parse()
        .map_err(|error: super::UnknownRole| Problem::invalid("role", error.to_string()))?;
    if role > here.role {
        return Err(Problem::new(Code::Forbidden, "Nobody grants a role above their own").with_field("role"));
    }
    let row = transaction.query_one(ACCOUNT_FOR_INVITATION, &[&email, &full_name]).await?;
    let user_id: Uuid = row.try_get("id")?;
    let has_account: bool = row.try_get("has_account")?;
    let status = if has_account { "active" } else { "invited" };
    let row = transaction
        .query_one(
            ADD_MEMBERSHIP,
            &[
                &here.workspace_id,
                &user_id,
                &role.as_str(),
                &status,
                &full_name,
                &email,
                &invitation.team_id,
                &caller.user_id,
            ],
        )
        .await
        .map_err(refused)?;
    Ok((row.try_get("membership")?, user_id, has_account))
}

/// Whose password to renew.
#[derive(Debug, Deserialize)]
pub struct Forgetful {
    membership_id: Uuid,
}

/// `POST /api/members/recovery`: a link by which a member chooses a new password, to be handed over in person.
pub async fn recover_member(
    State(app): State<App>,
    caller: Caller,
    Json(forgetful): Json<Forgetful>,
) -> Result<(StatusCode, Answer<Value>), Problem> {
    let here = membership_of(&caller)?;
    let mut client = app.pg.system().await?;
    let transaction = client.transaction().await?;
    let row =
        transaction.query_opt(RECOVERABLE_MEMBER, &[&here.workspace_id, &forgetful.membership_id]).await?.ok_or_else(
            || Problem::invalid("membership_id", "There is no such member, or they belong to another workspace too"),
        )?;
    let role: Role = row.try_get::<_, String>("role")?.parse().map_err(Problem::internal)?;
    if role > here.role {
        return Err(Problem::new(Code::Forbidden, "Nobody opens the account of somebody above them"));
    }
    let user_id: Uuid = row.try_get("user_id")?;
    let secret =
        one_time::issue(&transaction, user_id, Purpose::Recovery, None, clock::now()).await.map_err(from_auth)?;
    transaction.commit().await?;
    let url = format!("{}/recover?token={secret}", app.config.http.public_url);
    Ok((StatusCode::CREATED, Answer(json!({ "recovery_url": url }))))
}

fn membership_of(caller: &Caller) -> Result<Membership, Problem> {
    caller.membership.ok_or_else(|| Problem::new(Code::Forbidden, "You belong to no workspace"))
}

fn looks_like_an_address(email: &str) -> bool {
    email.len() <= 254
        && !email.contains(|c: char| c.is_whitespace() || c.is_control())
        && email
            .split_once('@')
            .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'))
}

fn from_auth(error: AuthError) -> Problem {
    Problem::internal(error)
}

fn refused(error: tokio_postgres::Error) -> Problem {
    match error.code() {
        Some(code) if *code == SqlState::UNIQUE_VIOLATION => {
            Problem::new(Code::Conflict, "This person is a member already").with_field("email")
        }
        Some(code) if *code == SqlState::FOREIGN_KEY_VIOLATION => Problem::invalid("team_id", "There is no such team"),
        _ => error.into(),
    }
}
