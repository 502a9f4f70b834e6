//! Links that work once: invitations and password recovery.
//!
//! In: a user and a purpose, or a token somebody brought. Out: the token, or the user it stands for.
//! Invariant: the database keeps the hash only, and a token is spent in the transaction that acts on it.

use chrono::{DateTime, TimeDelta, Utc};
use tokio_postgres::Transaction;
use uuid::Uuid;

use super::error::AuthError;
use super::token;
use crate::entropy;

const ADD: &str = include_str!("sql/add_one_time_token.sql");
const SPEND: &str = include_str!("sql/spend_one_time_token.sql");

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Joining a workspace.
    Invite,
    /// Choosing a new password.
    Recovery,
}

impl Purpose {
    /// The purpose as the dialect and the database write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invite => "invite",
            Self::Recovery => "recovery",
        }
    }

    /// The purpose of that name.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "invite" => Some(Self::Invite),
            "recovery" => Some(Self::Recovery),
            _ => None,
        }
    }

    fn life(self) -> TimeDelta {
        match self {
            Self::Invite => TimeDelta::days(14),
            Self::Recovery => TimeDelta::minutes(15),
        }
    }
}

/// Whom a spent token stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// The user.
    pub user_id: Uuid,
    /// The workspace that invited them. Another workspace's invitation of the same user stays closed.
    pub workspace_id: Option<Uuid>,
}

/// Makes a token for a user; an earlier one of the same purpose no longer works.
pub async fn issue(
    transaction: &Transaction<'_>,
    user_id: Uuid,
    purpose: Purpose,
    workspace_id: Option<Uuid>,
    now: DateTime<Utc>,
) -> Result<String, AuthError> {
    let random = token::opaque(entropy::bytes()?);
    // The hash covers the workspace, so nobody can exchange it.
    let secret = workspace_id.map_or_else(|| random.clone(), |id| format!("{}.{random}", id.simple()));
    let expires_at = now + purpose.life();
    transaction.execute(ADD, &[&user_id, &purpose.as_str(), &token::hash(&secret), &expires_at]).await?;
    Ok(secret)
}

/// Spends a token; none when it is unknown, spent or too old, or invites somebody who has an account by now.
pub async fn spend(
    transaction: &Transaction<'_>,
    secret: &str,
    purpose: Purpose,
    now: DateTime<Utc>,
) -> Result<Option<Spent>, AuthError> {
    let Some(row) = transaction.query_opt(SPEND, &[&token::hash(secret), &purpose.as_str(), &now]).await? else {
        return Ok(None);
    };
    let workspace_id = secret.split_once('.').and_then(|(id, _random)| Uuid::parse_str(id).ok());
    Ok(Some(Spent { user_id: row.try_get(0)?, workspace_id }))
}
